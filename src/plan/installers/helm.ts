import type { ControlPlane, MeshComponent } from '../../mesh/mesh.ts';
import type { Location } from '../../vocabulary.ts';
import { atLeast } from '../../facts/versions.ts';
import { check } from '../checks.ts';
import { versionEdit } from './chart-edits.ts';
import { isFrom, versionArgument, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
import { versionIn } from '../upgrade.ts';
import type { InstallerSteps } from './installer.ts';
import { retargetManifest } from './manifests.ts';

/** Helm releases, from the command line or by helmfile, an umbrella chart, or kustomize's `helmCharts`. */
export const helm: InstallerSteps = {
  base: (p, component) => ({
    ...upgraded(p, component, 'base', []),
    preconditions: adoption(p),
    run: [...crds(p), ...release(component, 'base', versionArgument(p), [])],
    rollback: [
      REVERT,
      'CRDs stay: an older control plane runs with newer ones, and going back would drop fields.',
    ],
  }),
  install: (p) => {
    const { to } = p;
    const shared = p.olds.some((old) => old.release === to.release);
    const back = shared ? installs(to, p) : [sh`helm uninstall ${to.release ?? 'istiod'} -n ${to.namespace}`];
    return { ...NOTHING, run: installs(to, p), rollback: [REVERT, ...back] };
  },
  upgradeInPlace: (p) => {
    const [old] = p.olds;
    const version = old ? versionArgument({ to: old }) : '';
    return {
      ...NOTHING,
      run: installs(p.to, p),
      rollback: [REVERT, ...release(asComponent(p.to), 'istiod', version, revisionFlag(p.to))],
    };
  },
  retarget: retargetManifest,
  moveGateway: (p, { component, value }, name) => {
    if (!component) return NOTHING;
    const set = (revision: string): string[] =>
      release(component, 'gateway', versionArgument(p), [
        '--set',
        `revision=${revision === 'default' ? '' : revision}`,
      ]);
    return { ...NOTHING, run: set(name), rollback: set(value) };
  },
  node: (p, component) => {
    const flags = component.component === 'ztunnel' ? revisionFlag(p.to) : [];
    return upgraded(p, component, component.component, flags);
  },
  makeDefault: (p) => {
    const base = p.head.components.find(
      ({ component, installer }) => component === 'base' && installer === 'helm',
    );
    const [old] = p.olds;
    if (!base || !old || !isFrom(p, 12) || p.to.revision === 'default') return undefined;
    const set = (name: string): string[] =>
      release(base, 'base', versionArgument(p), ['--set', `defaultRevision=${name}`]);
    return { ...NOTHING, run: set(p.to.revision), verify: validatedBy(p), rollback: set(old.revision) };
  },
  remove: (p, old) => ({
    ...NOTHING,
    preconditions: isPlain(old.at) ? [] : [`${old.revision} is taken out of ${old.at.file}.`],
    run: isPlain(old.at)
      ? [sh`helm uninstall ${old.release ?? 'istiod'} -n ${old.namespace}`]
      : withdrawn(p, old),
    rollback: isPlain(old.at)
      ? release(asComponent(old), 'istiod', versionArgument({ to: old }), revisionFlag(old))
      : [REVERT, ...installs(old, p)],
  }),
};

/** A writing of Istio objects is answered by the new revision before the old one goes. */
export function validatedBy({ to }: Promotion): string[] {
  return [
    check(
      'kubectl get validatingwebhookconfiguration istiod-default-validator -o jsonpath={.webhooks[0].clientConfig.service.name}',
      `istiod-${to.revision}`,
    ),
  ];
}

function upgraded(p: Promotion, component: MeshComponent, chart: string, flags: readonly string[]): Action {
  const edits = versionEdit(p, component);
  const back = component.version
    ? versionArgument({ to: { ...p.to, ...component, revision: p.to.revision } })
    : '';
  return {
    ...NOTHING,
    edits,
    run: release(component, chart, versionArgument(p), flags),
    rollback: [...(edits.length > 0 ? [REVERT] : []), ...release(component, chart, back, flags)],
  };
}

/** Helm leaves CRDs alone that are not templates, as they are since 1.24. */
function crds(p: Promotion): string[] {
  return isFrom(p, 24)
    ? []
    : [`${sh`helm show crds ${chartOf('base', versionArgument(p))}`} | kubectl apply -f -`];
}

/** The first base chart with CRD templates must own the CRDs there are. */
function adoption(p: Promotion): string[] {
  const crosses = isFrom(p, 24) && p.olds.some((old) => atLeast(versionIn(old), 24) === false);
  if (!crosses) return [];
  return [
    'Helm owns the CRDs (label app.kubernetes.io/managed-by=Helm and the annotations meta.helm.sh/release-name and -namespace of the base release on every CRD of Istio): charts since 1.24 bring them as templates.',
  ];
}

function asComponent(plane: ControlPlane): MeshComponent {
  return { ...plane, component: 'istiod', name: plane.release ?? 'istiod' };
}

function revisionFlag({ revision }: ControlPlane): string[] {
  return revision === 'default' ? [] : ['--set', `revision=${revision}`];
}

function installs(plane: ControlPlane, p: Promotion): string[] {
  return release(asComponent(plane), 'istiod', versionArgument({ ...p, to: plane }), revisionFlag(plane));
}

function withdrawn(p: Promotion, old: ControlPlane): string[] {
  return /(?:^|\/)helmfile/.test(old.at.file)
    ? [sh`helmfile -f ${old.at.file} -l name=${old.release ?? 'istiod'} destroy`]
    : installs(p.to, p);
}

/** Written for the helm command itself, or nowhere we know of. */
function isPlain({ file }: Location): boolean {
  return !/(?:^|\/)(?:Chart\.(?:ya?ml|lock)|requirements\.(?:ya?ml|lock)|kustomization\.ya?ml|helmfile[^/]*)$/.test(
    file,
  );
}

/** The commands that bring a release to what its file says, or to a version. */
function release(
  { name, namespace, at }: Pick<MeshComponent, 'name' | 'namespace' | 'at'>,
  chart: string,
  version: string,
  flags: readonly string[],
): string[] {
  const { file } = at;
  const dir = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  const where = namespace === '' ? 'istio-system' : namespace;
  if (/(?:^|\/)(?:Chart|requirements)\.(?:ya?ml|lock)$/.test(file)) {
    return [
      sh`helm dependency update ${dir}`,
      sh`helm upgrade --install ${name} ${dir} -n ${where} ${flags} --wait`,
    ];
  }
  if (/(?:^|\/)kustomization\.ya?ml$/.test(file)) {
    return [`${sh`kustomize build --enable-helm ${dir}`} | kubectl apply -f -`];
  }
  if (/(?:^|\/)helmfile[^/]*$/.test(file)) return [sh`helmfile -f ${file} -l ${`name=${name}`} apply`];
  const reuse = chart === 'istiod' ? [] : ['--reset-then-reuse-values'];
  return [
    sh`helm upgrade --install ${name} ${chartOf(chart, version)} -n ${where} ${[...flags, ...reuse]} --wait`,
  ];
}

/** Istio's chart repository begins with 1.12; older charts come with the release archive. */
function chartOf(chart: string, version: string): string[] {
  const minor = Number(/^1\.(\d+)/.exec(version)?.[1] ?? 99);
  if (minor >= 12) return [`istio/${chart}`, ...(version === '' ? [] : ['--version', version])];
  const folder = ARCHIVED[chart] ?? chart;
  return [`istio-${version}/manifests/charts/${folder}`];
}

const ARCHIVED: Readonly<Record<string, string>> = {
  istiod: 'istio-control/istio-discovery',
  cni: 'istio-cni',
  gateway: 'gateways/istio-ingress',
};
