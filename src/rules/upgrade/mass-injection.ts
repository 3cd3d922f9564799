import type { Mesh } from '../../mesh/mesh.ts';
import type { Evidence } from '../../vocabulary.ts';
import { field, list, text } from '../body.ts';
import { defineChangeRule } from '../change-rule.ts';
import { controlPlaneSubject } from '../revisions/revision-names.ts';
import { requestOf, sharedNamespaces } from './membership.ts';

/** From here on one change is more than a person watches at once. */
const MANY = 5;

/** Namespaces of products that the API server calls; it is not in the mesh, so strict mTLS or a slow sidecar stops the cluster. */
const SERVES_WEBHOOKS = new Set([
  'cert-manager',
  'external-secrets',
  'gatekeeper-system',
  'kafka-operator',
  'keda',
  'knative-eventing',
  'knative-serving',
  'kyverno',
  'linkerd',
  'metallb-system',
  'opentelemetry-operator-system',
  'velero',
  'vault',
]);

export default defineChangeRule({
  id: 'mass-injection',
  name: 'mass-injection',
  level: 'warning',
  inputs: ['namespaces', 'controlPlanes', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  summary: 'One change takes many namespaces into the mesh.',
  messages: {
    sidecar: '{count} namespaces ask for sidecars at once: {namespaces}.',
    ambient: '{count} namespaces join the ambient mesh at once, their running pods included: {namespaces}.',
    everywhere:
      'Control plane {revision} now injects every namespace that does not opt out, system namespaces of Kubernetes excepted.',
  },
  advice: {
    sidecar:
      'Begin with one or two, restart, and watch them. Leave out what the API server calls ({callees}): it has no sidecar.',
    ambient:
      'Begin with one or two and watch them. Leave out what the API server or nodes call ({callees}) until it is tested.',
    everywhere: 'Label the namespaces that are meant instead, or opt out the others first.',
  },
  check({ before, after, report }) {
    for (const mode of ['sidecar', 'ambient'] as const) {
      const joining = sharedNamespaces(before, after)
        .filter(([then, now]) => requestOf(now)?.mode === mode && requestOf(then) === undefined)
        .map(([, now]) => now)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const resource = joining[0]?.resource;
      if (!resource || joining.length < MANY) continue;
      const namespaces = joining.map(({ name }) => name);
      const called = webhookNamespaces(after);
      const callees = namespaces.filter((name) => SERVES_WEBHOOKS.has(name) || called.has(name));
      const evidence: Evidence[] = joining.slice(0, MANY).map((namespace) => {
        const { because = '', at } = requestOf(namespace) ?? {};
        return { says: `namespace ${namespace.name}: ${because}`, ...(at && { at }) };
      });
      const key = mode === 'sidecar' ? 'istio-injection' : 'istio.io/dataplane-mode';
      const data = {
        count: namespaces.length,
        namespaces,
        callees: callees.length > 0 ? callees : ['webhooks'],
      };
      report(resource, ['metadata', 'labels', key], mode, data, { evidence });
    }
    for (const controlPlane of after.controlPlanes) {
      const earlier = before.controlPlanes.filter(({ revision }) => revision === controlPlane.revision);
      const turnedOn = controlPlane.injectsByDefault && earlier.every((one) => !one.injectsByDefault);
      if (!turnedOn || earlier.length === 0) continue;
      report(controlPlaneSubject(controlPlane), [], 'everywhere', { revision: controlPlane.revision });
    }
  },
});

/** Namespaces whose Services webhooks of this environment call. */
function webhookNamespaces(mesh: Mesh): ReadonlySet<string> {
  const configurations = [
    ...mesh.resources('MutatingWebhookConfiguration'),
    ...mesh.resources('ValidatingWebhookConfiguration'),
  ];
  return new Set(
    configurations.flatMap(({ body }) =>
      list(body, 'webhooks').map((webhook) =>
        text(field(field(webhook, 'clientConfig'), 'service'), 'namespace'),
      ),
    ),
  );
}
