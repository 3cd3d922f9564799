import type { Wave } from '../../../src/config/settings.ts';

export type Files = ReadonlyMap<string, string>;

/** Who installs: `helm` is the command in a script, `umbrella` a chart of charts. */
export const INSTALLERS = [
  'istioctl',
  'helmfile',
  'helm',
  'umbrella',
  'argocd',
  'flux',
  'sail',
  'manifests',
] as const;
export type InstallerName = (typeof INSTALLERS)[number];

/** The installers of the model, by those of situations. */
export const MODELLED = {
  istioctl: 'istioctl',
  helmfile: 'helm',
  helm: 'helm',
  umbrella: 'helm',
  argocd: 'argocd',
  flux: 'flux',
  sail: 'sail',
  manifests: 'manifests',
} as const;

/** How a namespace asks: by `istio-injection`, the old revision's name, a tag, `istio.io/rev=default`, or not at all. */
export type Ask = 'injection' | 'revision' | 'tag' | 'default' | 'disabled' | 'none';

/** What a pod says for itself: nothing, out, in, or a revision or tag by name. */
export type PodAsk = 'none' | 'out' | 'in' | 'revision' | 'tag';

export interface Space {
  readonly name: string;
  readonly ask: Ask;
  readonly pods: readonly {
    readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
    readonly ask: PodAsk;
  }[];
}

/** `chart`: Istio's gateway chart. `api`: a Gateway of the Gateway API without a label, `api-named` with one. */
export type GatewaySort = 'labelled' | 'own-label' | 'chart' | 'api' | 'api-named' | 'waypoint';

/** A starting situation: an installer, versions, and how everything asks for its proxies. */
export interface Situation {
  readonly installer: InstallerName;
  readonly way: 'canary' | 'in-place';
  readonly from: string;
  readonly to: string;
  /** The old control plane has no name: it answers to `istio-injection=enabled`. */
  readonly unnamed: boolean;
  /** Tags of the old revision; the first is the one that is asked for. `default` may be among them. */
  readonly tags: readonly string[];
  /** Whose the tags are: objects of their own, or of the release (or IstioOperator) of the old control plane. */
  readonly tagsIn: 'objects' | 'release';
  readonly spaces: readonly Space[];
  readonly gateways: readonly GatewaySort[];
  /** The repository's own waves; none: by risk. */
  readonly waves: readonly Wave[];
}

const dashed = (version: string): string => version.replaceAll('.', '-');

export function revisionsOf({ from, to, unnamed, installer, way }: Situation): {
  readonly old: string;
  readonly next: string;
} {
  const versioned = installer === 'sail' && way === 'canary';
  if (versioned) return { old: `default-v${dashed(from)}`, next: `default-v${dashed(to)}` };
  const old = unnamed || installer === 'sail' ? 'default' : dashed(from);
  return { old, next: way === 'in-place' ? old : dashed(to) };
}

export function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/** A line for people: what is special about it. */
export function named({
  installer,
  way,
  from,
  to,
  unnamed,
  tags,
  tagsIn,
  spaces,
  gateways,
}: Situation): string {
  const asks = spaces.map(({ ask, pods }) => `${ask}(${pods.map((pod) => pod.ask).join(' ')})`).join(' ');
  const tagged = tags.length > 0 ? `, tags ${tags.join(' ')} in ${tagsIn}` : '';
  return `${installer} ${way} ${from} to ${to}${unnamed ? ', unnamed' : ''}${tagged}; ${asks}; ${gateways.join(' ') || 'no gateway'}`;
}
