import { decidingLabel } from '../../mesh/deciding-label.ts';
import { isDeployedByIstio, isProxyAlone } from '../../mesh/gateway-workloads.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { subjectAt, type Subject } from '../subject.ts';
import { narrowed, selectorsEvidence, servedBy, watches } from './watchers.ts';

/**
 * Discovery selectors exempt no namespace (1.10 and later), that of a gateway included. A warning: installers often add the
 * label by hand. What provably was watched before is namespace-leaves-discovery.
 */
export default defineRule({
  id: 'gateway-outside-discovery',
  name: 'gateway-outside-discovery',
  level: 'warning',
  inputs: [
    'namespaces',
    'workloads',
    'injection',
    'components',
    'controlPlanes',
    'revisions',
    'meshConfig',
    'KubernetesGateway',
  ],
  summary: 'A gateway runs in a namespace that its control plane does not watch.',
  messages: {
    outside: '{gateway} is in namespace {namespace}, which revision {revision} does not watch: {because}.',
  },
  advice:
    'Give namespace {namespace} a label that the discovery selectors ask for. Until then the gateway has no configuration for its own Services, and Gateways and certificates beside it are not read.',
  check({ mesh, report, unchecked }) {
    if (narrowed(mesh).length === 0) return;
    for (const { title, namespace, subject, controlPlane } of gateways(mesh)) {
      if (!controlPlane || namespace === '') continue;
      const { discovered, because } = watches(mesh, controlPlane, namespace);
      if (discovered === 'unknown')
        unchecked('whether the namespaces of gateways are watched', because, subject);
      if (discovered !== 'no') continue;
      const { revision, confidence } = controlPlane;
      const evidence = [selectorsEvidence(controlPlane)];
      report(
        subject,
        NAME,
        'outside',
        { gateway: title, namespace, revision, because },
        { confidence, evidence },
      );
    }
  },
});

const NAME = ['metadata', 'name'];

interface GatewayProxy {
  readonly title: string;
  readonly namespace: string;
  readonly subject: Subject;
  /** Who serves it, where that is clear. */
  readonly controlPlane: ControlPlane | undefined;
}

function gateways(mesh: Mesh): GatewayProxy[] {
  return [...ofWorkloads(mesh), ...ofCharts(mesh), ...ofGatewayApi(mesh)];
}

function ofWorkloads(mesh: Mesh): GatewayProxy[] {
  return mesh.workloads.filter(isProxyAlone).map((workload) => {
    const { kind, name, namespace, resource } = workload;
    const { injected, revision } = mesh.injectionOf(workload);
    const controlPlane = injected === 'yes' ? servedBy(mesh, revision) : only(mesh);
    return { title: `The gateway ${kind} ${name}`, namespace, subject: resource, controlPlane };
  });
}

/** Gateways of charts and installers; their namespace's label decides over their own. */
function ofCharts(mesh: Mesh): GatewayProxy[] {
  return mesh.components
    .filter(({ component, installer }) => component === 'gateway' && installer !== 'manifests')
    .map(({ name, namespace, revision, at }) => {
      const asked = decidingLabel(mesh.namespaces.get(namespace)?.labels ?? {}, {})?.asksFor;
      const subject = subjectAt({ kind: 'Component', namespace, name: `gateway ${name}` }, at);
      const controlPlane = servedBy(mesh, asked ?? revision ?? 'default');
      return { title: `The gateway ${name}`, namespace, subject, controlPlane };
    });
}

/** The Gateway's label, else its namespace's, else the default (the controller's rule, 1.18 and later). */
function ofGatewayApi(mesh: Mesh): GatewayProxy[] {
  return mesh
    .resources('KubernetesGateway')
    .filter(isDeployedByIstio)
    .map((resource) => {
      const { name, namespace } = resource;
      const inherited = mesh.namespaces.get(namespace)?.labels['istio.io/rev'];
      const asked = resource.labels['istio.io/rev'] ?? inherited ?? 'default';
      return { title: `Gateway ${name}`, namespace, subject: resource, controlPlane: servedBy(mesh, asked) };
    });
}

function only({ controlPlanes }: Mesh): ControlPlane | undefined {
  return controlPlanes.length === 1 ? controlPlanes[0] : undefined;
}
