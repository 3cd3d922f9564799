import { fieldAt, listAt, mappingAt, textAt } from '../../untyped.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule, type RuleContext } from '../rule.ts';

const REVISION = 'istio.io/rev';
const TAG = 'istio.io/tag';
const LABEL = ['metadata', 'labels', REVISION];

/** Objects that istiod reads by its own revision; tags are not resolved for them (1.6 and later). */
const CONFIGURATION = [
  'AuthorizationPolicy',
  'DestinationRule',
  'EnvoyFilter',
  'Gateway',
  'PeerAuthentication',
  'ProxyConfig',
  'RequestAuthentication',
  'ServiceEntry',
  'Sidecar',
  'Telemetry',
  'VirtualService',
  'WasmPlugin',
  'WorkloadEntry',
  'WorkloadGroup',
];

type Context = RuleContext<'tag' | 'nothing' | 'selector' | 'service'>;

export default defineRule({
  id: 'revision-selector-mismatch',
  name: 'revision-selector-mismatch',
  level: 'warning',
  inputs: [...CONFIGURATION, 'MutatingWebhookConfiguration', 'revisions', 'controlPlanes'],
  summary: 'A revision label selects another revision than it seems to, or none.',
  messages: {
    tag: '{kind} {name} has the label istio.io/rev={revision}, a tag: control planes compare it with their own revision only, so none reads the object.',
    nothing:
      '{kind} {name} has the label istio.io/rev={revision}, and no control plane here has that revision: none reads the object.',
    selector: 'Webhook {webhook} matches istio.io/rev={selected}, and its object is labelled for {revision}.',
    service:
      'Webhook {webhook} calls {service}, and its object is labelled for revision {revision}: pods get another revision than tools report.',
  },
  advice: {
    tag: 'Name the revision itself, or remove the label so that every control plane reads the object.',
    nothing: 'Name one of {known}, or remove the label so that every control plane reads the object.',
    selector: 'Let the selectors name the revision or tag of the object, as the charts render them.',
    service:
      'Render both from one chart: point the webhook at the Service of {revision}, or change the label.',
  },
  check(context) {
    const { mesh } = context;
    for (const kind of CONFIGURATION) {
      for (const resource of mesh.resources(kind)) checkPinned(context, resource);
    }
    for (const resource of mesh.resources('MutatingWebhookConfiguration')) checkWebhooks(context, resource);
  },
});

function checkPinned({ mesh, report, unchecked }: Context, resource: Resource): void {
  const revision = resource.labels[REVISION];
  if (revision === undefined || revision === '' || !isKnown(revision) || readsAll(mesh)) return;
  const { kind, name } = resource;
  const meaning = mesh.meaningOfRevision(revision);
  // The unnamed control plane reads everything, and `default` is its name to others.
  if (meaning.is === 'tag') {
    const evidence = [{ says: `${revision} is a tag of revision ${meaning.revision}` }];
    report(resource, LABEL, 'tag', { kind, name, revision }, { level: 'error', evidence });
  }
  if (meaning.is === 'nothing') {
    const known = [...new Set(mesh.controlPlanes.map((one) => one.revision))].filter(isKnown).sort();
    report(resource, LABEL, 'nothing', { kind, name, revision, known });
  }
  if (meaning.is === 'elsewhere' && !meaning.declared) {
    unchecked('revisions that configuration is pinned to', meaning.because, resource, LABEL);
  }
}

/** An istiod without a revision reads the objects of all. */
function readsAll(mesh: Mesh): boolean {
  return mesh.controlPlanes.some((one) => one.revision === 'default' && one.namedDefault !== true);
}

function checkWebhooks({ report }: Context, resource: Resource): void {
  const [revision, tag] = [resource.labels[REVISION], resource.labels[TAG]];
  if (revision === undefined || !isKnown(revision) || (tag !== undefined && !isKnown(tag))) return;
  listAt(resource.body, 'webhooks').forEach((entry, index) => {
    const webhook = textAt(entry, 'name');
    if (!/(?:^|\.)sidecar-injector\.istio\.io$/.test(webhook)) return;
    const selected = [...selectedRevisions(entry)].filter(
      (name) => name !== (tag ?? revision) && isKnown(name),
    );
    const [first] = selected;
    if (first !== undefined) {
      report(resource, ['webhooks', index], 'selector', {
        webhook,
        selected: first,
        revision: tag ?? revision,
      });
    }
    const path = ['webhooks', index, 'clientConfig', 'service', 'name'];
    const service = textAt(resource.body, ...path);
    const called = /^istiod(?:-(.+))?$/.exec(service);
    if (called && isKnown(service) && (called[1] ?? 'default') !== revision) {
      report(resource, path, 'service', { webhook, service, revision });
    }
  });
}

function selectedRevisions(entry: unknown): Set<string> {
  const names = ['namespaceSelector', 'objectSelector'].flatMap((field) => {
    const exact = mappingAt(entry, field, 'matchLabels')[REVISION];
    const listed = listAt(entry, field, 'matchExpressions')
      .filter((one) => fieldAt(one, 'key') === REVISION && fieldAt(one, 'operator') === 'In')
      .flatMap((one) => listAt(one, 'values'));
    return [exact, ...listed];
  });
  return new Set(names.filter((name) => typeof name === 'string'));
}
