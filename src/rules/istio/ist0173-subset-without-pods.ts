import { perObject } from '../../remember.ts';
import type { HostAnswer, Mesh, ServiceModel } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, labels, list, selectorText, text, texts } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { selectsPodOnNode } from './node-labels.ts';

type Context = RuleContext<'none'>;
type Labels = Readonly<Record<string, string>>;

/** Labels that controllers add to pods when they run: no manifest holds them. */
const ADDED_AT_RUN_TIME = [
  'rollouts-pod-template-hash',
  'pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'serving.knative.dev/revision',
  'kubernetes.io/hostname',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
  'topology.istio.io/network',
  'topology.istio.io/cluster',
];

/** IST0173 (since 1.27): a subset whose labels no pod carries is an empty cluster: its requests fail with 503. */
export default defineRule({
  id: 'IST0173',
  name: 'subset-without-pods',
  level: 'error',
  inputs: ['DestinationRule', 'Node', 'hosts', 'workloads', 'services'],
  summary: 'The labels of a DestinationRule subset select no pod.',
  messages: {
    none: 'Subset {subset} of {host} asks for {labels}, which no pod carries.',
  },
  advice:
    'Make the labels equal to those of the pod template (not of the Deployment), or remove the subset together with the routes to it.',
  check(context) {
    for (const rule of context.mesh.resources('DestinationRule')) {
      const spec = fields(rule.body, 'spec');
      const host = text(spec, 'host');
      if (host === '' || hasPlaceholder(host)) continue;
      const answer = context.mesh.lookupHost(host, rule.namespace, texts(spec, 'exportTo'));
      if (answer.known !== 'yes') continue;
      for (const [name, { wanted, index }] of subsetsOf(spec)) {
        checkSubset(context, rule, { name, host, wanted, index }, answer);
      }
    }
  },
});

/** By name; of a repeated name the last one counts. */
function subsetsOf(spec: unknown): ReadonlyMap<string, { wanted: Labels; index: number }> {
  const subsets = new Map<string, { wanted: Labels; index: number }>();
  list(spec, 'subsets').forEach((subset, index) => {
    subsets.set(text(subset, 'name'), { wanted: labels(subset, 'labels'), index });
  });
  return subsets;
}

interface Subset {
  readonly name: string;
  readonly host: string;
  readonly wanted: Labels;
  readonly index: number;
}

function checkSubset(
  { mesh, report, unchecked }: Context,
  rule: Resource,
  subset: Subset,
  answer: HostAnswer,
): void {
  const wanted = { ...answer.workloadSelector, ...subset.wanted };
  if (Object.entries(wanted).flat().some(hasPlaceholder)) return;
  if (mesh.select(wanted, undefined).selected.length > 0 || selectsPodOnNode(mesh, wanted)) return;
  const path = ['spec', 'subsets', subset.index, 'labels'];
  const data = { subset: subset.name, host: subset.host, labels: selectorText(wanted) };
  if (mesh.world === 'closed') {
    report(rule, path, 'none', data);
    return;
  }
  const served = workloadsBehind(mesh, answer);
  const doubt = doubtAbout(mesh, answer, wanted);
  if (served.length === 0 || doubt !== undefined) {
    const why = doubt ?? 'the workloads of its service are not in this repository';
    unchecked('what a subset selects', why, rule, path);
    return;
  }
  const evidence = served.slice(0, 3).map((workload) => ({
    says: `${workload.kind} ${workload.name} of this service carries ${selectorText(workload.labels)}`,
    at: workload.resource.origin.at([...workload.metadataPath, 'labels'], 'key'),
  }));
  report(rule, path, 'none', data, { confidence: 'likely', evidence });
}

const servicesByResource = perObject(
  (mesh: Mesh): ReadonlyMap<Resource, ServiceModel> =>
    new Map(mesh.services.map((service) => [service.resource, service])),
);

/** The workloads that the Service behind a host selects, as far as they are in view. */
function workloadsBehind(mesh: Mesh, { provider }: HostAnswer): Mesh['workloads'] {
  if (provider?.kind !== 'Service') return [];
  const service = servicesByResource(mesh).get(provider);
  if (!service || Object.keys(service.selector).length === 0) return [];
  return mesh.select(service.selector, service.namespace).selected;
}

function doubtAbout(mesh: Mesh, { provider }: HostAnswer, wanted: Labels): string | undefined {
  if (ADDED_AT_RUN_TIME.some((label) => Object.hasOwn(wanted, label))) {
    return 'its labels are added to pods at run time';
  }
  const [maybe] = mesh.select(wanted, provider?.namespace).maybe;
  return maybe === undefined ? undefined : `it may select what ${maybe} holds`;
}
