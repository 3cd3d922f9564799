import { compareVersions, type IstioVersion } from '../../facts/versions.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { defineChangeRule } from '../change-rule.ts';
import { friendlyName } from '../suppress.ts';

const REVISION = 'istio.io/rev';
const KINDS = ['KubernetesGateway', 'ListenerSet', 'XListenerSet.gateway.networking.x-k8s.io'];

/**
 * Until 1.29.5 and 1.30.2 a control plane drops a gateway as soon as its label names another revision, and sends an empty
 * configuration to pods that are still connected to it (releasenotes/notes/59959.yaml of 1.29.5).
 */
export default defineChangeRule({
  id: 'gateway-revision-moves',
  name: 'gateway-revision-moves',
  level: 'warning',
  inputs: [...KINDS, 'revisions'],
  summary: 'A gateway of Gateway API goes to another revision while its pods are connected to the old one.',
  messages: {
    moves:
      '{object} goes from revision {from} to {to}: the old control plane ({version}) empties the gateway’s pods at once, before new ones have taken over.',
  },
  advice:
    'Move it in a quiet window, or bring the old control plane to 1.29.5 or 1.30.2 first. A second Gateway of the new revision beside it takes over without a gap.',
  check({ before, after, report }) {
    for (const kind of KINDS) {
      for (const now of after.resources(kind)) {
        const then = before.find(kind, now.namespace, now.name);
        const from = then && servedBy(before, then);
        const to = servedBy(after, now);
        if (!then || !from?.version || !to || from.revision === to.revision || isMended(from.version))
          continue;
        const data = {
          object: friendlyName(now),
          from: from.revision,
          to: to.revision,
          version: `1.${from.version.minor}`,
        };
        const at = then.origin.at(['metadata', 'labels', REVISION]);
        const evidence = [{ says: `before: ${then.labels[REVISION] ?? ''}`, at }];
        report(now, ['metadata', 'labels', REVISION], 'moves', data, { evidence });
      }
    }
  },
});

interface Server {
  readonly revision: string;
  readonly version: IstioVersion | undefined;
}

/** The revision that a label stands for, by itself or as a tag. */
function servedBy(mesh: Mesh, { labels }: Resource): Server | undefined {
  const name = labels[REVISION];
  const meaning = name === undefined ? undefined : mesh.meaningOfRevision(name);
  if (!meaning || (meaning.is !== 'revision' && meaning.is !== 'tag')) return undefined;
  return { revision: meaning.revision, version: meaning.controlPlane?.version };
}

function isMended(version: IstioVersion): boolean {
  const whole = { ...version, patch: version.patch ?? 0 };
  const first = { major: 1, minor: version.minor, patch: version.minor === 29 ? 5 : 2 };
  return version.minor > 30 || (version.minor >= 29 && compareVersions(whole, first) >= 0);
}
