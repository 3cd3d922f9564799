/**
 * Profiles and platforms that an installer of a minor knows, and fails for any other: manifests/profiles (istioctl),
 * manifests/helm-profiles and manifests/zzz_profile.yaml (charts) at each `.0` tag.
 */
interface Known {
  /** The first minor with these; they hold until the next entry. */
  readonly from: number;
  readonly names: readonly string[];
}

const COMMON = ['default', 'demo', 'empty', 'minimal'];

const ISTIOCTL: readonly Known[] = [
  { from: 5, names: [...COMMON, 'remote', 'separate'] },
  { from: 6, names: [...COMMON, 'preview', 'remote'] },
  { from: 8, names: [...COMMON, 'openshift', 'preview', 'remote'] },
  { from: 10, names: [...COMMON, 'external', 'openshift', 'preview', 'remote'] },
  { from: 15, names: [...COMMON, 'external', 'openshift', 'preview'] },
  { from: 16, names: [...COMMON, 'ambient', 'external', 'openshift', 'preview', 'remote'] },
  {
    from: 22,
    names: [...COMMON, 'ambient', 'openshift', 'openshift-ambient', 'preview', 'remote', 'stable'],
  },
];

const HELM: readonly Known[] = [
  { from: 21, names: ['ambient', 'demo', 'openshift', 'preview'] },
  { from: 22, names: ['ambient', 'demo', 'openshift', 'openshift-ambient', 'preview', 'stable'] },
  { from: 24, names: ['ambient', 'demo', 'preview', 'remote', 'stable'] },
];

const PLATFORMS: readonly Known[] = [
  { from: 24, names: ['k3d', 'k3s', 'microk8s', 'minikube', 'openshift'] },
  { from: 25, names: ['gke', 'k3d', 'k3s', 'microk8s', 'minikube', 'openshift'] },
];

const TABLES = { istioctl: ISTIOCTL, helm: HELM, platform: PLATFORMS } as const;

/** The names that the installer of a minor knows; `undefined` where it looks at none, or the minor is newer than the facts. */
export function knownNames(
  sort: keyof typeof TABLES,
  minor: number,
  newest: number,
): readonly string[] | undefined {
  if (minor > newest) return undefined;
  return TABLES[sort].findLast(({ from }) => from <= minor)?.names;
}
