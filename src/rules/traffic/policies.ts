import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { append } from '../../mesh/multimap.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import { perObject, remembered } from '../../remember.ts';
import type { Resource } from '../../render/resource.ts';
import type { Answer, Path } from '../../vocabulary.ts';
import { field, fields, labels, list, text } from '../body.ts';

type PolicyKind = 'AuthorizationPolicy' | 'RequestAuthentication' | 'PeerAuthentication';

/**
 * The policies of a kind that the proxy of a workload enforces: of its namespace and of the root namespace, by their
 * selector. One that is attached to a waypoint or a gateway (`targetRefs`) is none; one of which that cannot be told is.
 */
export function policiesOn(mesh: Mesh, kind: PolicyKind, workload: Workload): readonly Resource[] {
  const places = new Set([workload.namespace, mesh.rootNamespace]);
  const policies = unattached(mesh)(kind);
  return [...places].flatMap((place) =>
    (policies.get(place) ?? []).filter((policy) => selects(policy, workload) !== 'no'),
  );
}

/** By namespace: there may be one for every workload. */
const unattached = perObject((mesh: Mesh) =>
  remembered((kind): ReadonlyMap<string, readonly Resource[]> => {
    const byNamespace = new Map<string, Resource[]>();
    for (const policy of mesh.resources(kind)) {
      const spec = fields(policy.body, 'spec');
      const isAttached = list(spec, 'targetRefs').length > 0 || field(spec, 'targetRef') !== undefined;
      if (!isAttached) append(byNamespace, policy.namespace, policy);
    }
    return byNamespace;
  }),
);

function selects({ body }: Resource, workload: Workload): Answer {
  return matchesLabels(selectorOf(body), workload.labels);
}

function selectorOf(body: unknown): Readonly<Record<string, string>> {
  return labels(fields(fields(body, 'spec'), 'selector'), 'matchLabels');
}

/** What the PeerAuthentications say of the connections that a workload takes, and where. */
export interface MtlsMode {
  /** `UNSET` where nobody says anything: then Istio takes both. */
  readonly mode: string;
  readonly policy: Resource | undefined;
  readonly path: Path;
  /** Some ports have a mode of their own. */
  readonly byPort: boolean;
}

/** The workload's own policy decides, else its namespace's, else the mesh's; one without a mode asks the next (all releases). */
function mtlsModeOf(mesh: Mesh, workload: Workload): MtlsMode {
  const path = ['spec', 'mtls', 'mode'];
  const policies = policiesOn(mesh, 'PeerAuthentication', workload);
  const isOwn = (policy: Resource) => Object.keys(selectorOf(policy.body)).length > 0;
  // In the root namespace a policy with a selector is for that namespace alone, as anywhere.
  const own = policies.filter((policy) => isOwn(policy) && policy.namespace === workload.namespace);
  const wide = policies.filter((policy) => !isOwn(policy));
  const inherited = [
    ...wide.filter(({ namespace }) => namespace === workload.namespace),
    ...wide.filter(({ namespace }) => namespace !== workload.namespace),
  ];
  const byPort = own.some(
    ({ body }) => Object.keys(fields(fields(body, 'spec'), 'portLevelMtls')).length > 0,
  );
  for (const policy of [...own, ...inherited]) {
    const mode = text(fields(fields(policy.body, 'spec'), 'mtls'), 'mode');
    if (mode !== '' && mode !== 'UNSET') return { mode, policy, path, byPort };
  }
  return { mode: 'UNSET', policy: undefined, path, byPort };
}

/** Annotations that lead some ports past the proxy. */
const PAST_THE_PROXY = [
  'traffic.sidecar.istio.io/excludeInboundPorts',
  'traffic.sidecar.istio.io/includeInboundPorts',
];

/** What demands mTLS of all the pods, on every port; `undefined` where something of them may be reached without. */
export function strictFor(mesh: Mesh, pods: readonly Workload[]): MtlsMode | undefined {
  if (pods.some(({ annotations }) => PAST_THE_PROXY.some((name) => Object.hasOwn(annotations, name)))) {
    return undefined;
  }
  const modes = pods.map((workload) => mtlsModeOf(mesh, workload));
  return modes.every(({ mode, byPort }) => mode === 'STRICT' && !byPort) ? modes[0] : undefined;
}
