import { decidingLabel } from '../../mesh/deciding-label.ts';
import type { MeshComponent, Mesh, Workload } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { subjectAt } from '../subject.ts';
import type { Path } from '../../vocabulary.ts';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const INJECT = 'sidecar.istio.io/inject';

type Context = RuleContext<'value' | 'pod' | 'refused' | 'gateway'>;

/**
 * Labels that ask for something and do not get it, because another one decides (charts 1.10 and later): the namespace before
 * the pod, presence before truth. Two labels on the namespace itself are IST0123.
 */
export default defineRule({
  id: 'injection-label-conflict',
  name: 'injection-label-conflict',
  level: 'warning',
  inputs: ['namespaces', 'workloads', 'injection', 'components', 'controlPlanes', 'revisions'],
  summary: 'A label asks for a sidecar or a revision and has no effect, because another label decides.',
  messages: {
    value:
      'Namespace {namespace} has istio-injection={value}, which means never: only enabled asks for sidecars.',
    pod: '{workload} asks for revision {asked} by its own label, and gets {revision}: the label {label} of its namespace decides.',
    refused:
      '{workload} asks for a sidecar by its own label, and gets none: the label {label} of its namespace decides.',
    gateway:
      'The gateway {gateway} asks for revision {asked}, and gets {revision}: the label {label} of its namespace decides.',
  },
  advice: {
    value: 'Write enabled or disabled.',
    pod: 'Remove one of the labels. To move one workload by itself, the namespace must have neither istio-injection nor istio.io/rev.',
    refused: 'Remove one of the labels: what the namespace refuses, no pod can ask for.',
    gateway: 'Give gateways a namespace without these labels, or change the label of the namespace.',
  },
  check(context) {
    const { mesh } = context;
    if (mesh.controlPlanes.length === 0) return;
    for (const { name, labels, resource } of mesh.namespaces.values()) {
      const value = labels[INJECTION];
      if (!resource || value === undefined || !isKnown(value) || ['enabled', 'disabled'].includes(value))
        continue;
      const path = ['metadata', 'labels', INJECTION];
      context.report(resource, path, 'value', { namespace: name, value });
    }
    for (const workload of mesh.workloads) checkWorkload(context, workload);
    for (const component of mesh.components) checkGateway(context, component);
  },
});

/** The namespace's label that decides, as text; `undefined` when none does or it is filled in later. */
function deciding(mesh: Mesh, namespace: string): { text: string; asksFor: string | undefined } | undefined {
  const model = mesh.namespaces.get(namespace);
  const label = model?.resource && decidingLabel(model.labels, {});
  if (!label || !isKnown(label.value)) return undefined;
  return { text: `${label.key}=${label.value}`, asksFor: label.asksFor };
}

function checkWorkload({ mesh, report }: Context, workload: Workload): void {
  const label = deciding(mesh, workload.namespace);
  const { labels, resource, metadataPath, kind, name, hostNetwork } = workload;
  if (!label || hostNetwork || labels[INJECT] === 'false') return;
  const title = `${kind} ${name}`;
  const path = (key: string): Path => [...metadataPath, 'labels', key];
  const evidence = [{ says: `namespace ${workload.namespace}: ${label.text}` }];
  if (label.asksFor === undefined) {
    // A value that means never by mistake is told on the namespace.
    if (labels[INJECT] !== 'true' || label.text !== `${INJECTION}=disabled`) return;
    report(resource, path(INJECT), 'refused', { workload: title, label: label.text }, { evidence });
    return;
  }
  const asked = labels[REVISION];
  const { injected, revision } = mesh.injectionOf(workload);
  if (asked === undefined || injected !== 'yes' || !isAnother(mesh, asked, revision)) return;
  const data = { workload: title, asked, revision, label: label.text };
  report(resource, path(REVISION), 'pod', data, { evidence });
}

function checkGateway({ mesh, report }: Context, component: MeshComponent): void {
  const { component: kind, installer, revision: asked, name, namespace, at, values } = component;
  if (kind !== 'gateway' || installer === 'manifests' || asked === undefined) return;
  const label = deciding(mesh, namespace);
  const { injected, revision } = mesh.namespaceInjection(namespace);
  if (!label || injected !== 'yes' || !isAnother(mesh, asked, revision)) return;
  const place = values?.at(['revision']) ?? at;
  const subject = subjectAt({ kind: 'Component', namespace, name: `gateway ${name}` }, place);
  report(subject, [], 'gateway', { gateway: name, asked, revision, label: label.text });
}

/** A tag of the revision that it gets anyway is no conflict, nor is a name nobody here knows. */
function isAnother(mesh: Mesh, asked: string, revision: string): boolean {
  if (!isKnown(asked) || !isKnown(revision)) return false;
  const meaning = mesh.meaningOfRevision(asked);
  return (meaning.is === 'revision' || meaning.is === 'tag') && meaning.revision !== revision;
}
