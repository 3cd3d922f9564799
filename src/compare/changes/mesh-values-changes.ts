import { atLeast } from '../../facts/versions.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { fieldAt } from '../../untyped.ts';
import type { Change } from '../../vocabulary.ts';
import { blastRadius } from './blast-radius.ts';
import { sharedRevisions } from './discovery-changes.ts';
import { injectedBy } from './names.ts';

/** A Helm value that decides how the whole mesh talks. */
interface MeshValue {
  readonly path: readonly string[];
  /** The minor release without it. */
  readonly until: number;
  readonly fallback: unknown;
  readonly says: (now: unknown) => string;
}

/**
 * Charts up to 1.5 made the mesh-wide policy and its destination rule out of `global.mtls.enabled` (install/kubernetes/helm/istio
 * of 1.1 to 1.4, manifests/charts/global.yaml of 1.5); later ones have PeerAuthentication.
 */
const VALUES: readonly MeshValue[] = [
  {
    path: ['global', 'mtls', 'enabled'],
    until: 6,
    fallback: false,
    says: (now) =>
      now === true
        ? 'mutual TLS is required in the whole mesh: clients without a sidecar are refused'
        : 'mutual TLS is no longer required in the mesh: plain text is taken too',
  },
];

/** Such values that differ between the two sides of one control plane, where its release has them. */
export function meshValuesChanges(base: Mesh, head: Mesh): Change[] {
  return sharedRevisions(base, head).flatMap((revision) => {
    const [before, after] = [planeOf(base, revision), planeOf(head, revision)];
    return VALUES.flatMap((value) => change(head, value, before, after) ?? []);
  });
}

function change(
  head: Mesh,
  { path, until, fallback, says }: MeshValue,
  before: ControlPlane | undefined,
  after: ControlPlane | undefined,
): Change | undefined {
  if (!before?.values || !after?.values || atLeast(after.version, until) !== false) return undefined;
  const [from, to] = [before, after].map(({ values }) => fieldAt(values?.values, ...path) ?? fallback);
  if (from === to || typeof from !== 'boolean' || typeof to !== 'boolean') return undefined;
  const { namespaces, workloads } = injectedBy(head, after.revision);
  const name = path.join('.');
  return {
    kind: 'mesh-config-changed',
    subject: name,
    from: String(from),
    to: String(to),
    message: `The value ${name} of revision ${after.revision} goes from ${from} to ${to}: ${says(to)}.`,
    at: after.values.at(path),
    evidence: [],
    blastRadius: blastRadius(head, workloads, namespaces),
  };
}

function planeOf({ controlPlanes }: Mesh, revision: string): ControlPlane | undefined {
  return controlPlanes.findLast((one) => one.revision === revision);
}
