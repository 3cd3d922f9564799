import type { Location } from '../../vocabulary.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import { sh, type Flags } from '../shell.ts';

/** Written for the helm command itself, or nowhere we know of. */
export function isPlain({ file }: Location): boolean {
  return !/(?:^|\/)(?:Chart\.(?:ya?ml|lock)|requirements\.(?:ya?ml|lock)|kustomization\.ya?ml|helmfile[^/]*)$/.test(
    file,
  );
}

/** The commands that bring a release to what its file says, or to a version. */
export function release(
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
      // What the parts of a chart are set to stands in its own values.
      sh`helm upgrade --install ${name} ${dir} -n ${where} --wait`,
    ];
  }
  if (/(?:^|\/)kustomization\.ya?ml$/.test(file)) {
    return [`${sh`kustomize build --enable-helm ${dir}`} | kubectl apply -f -`];
  }
  if (/(?:^|\/)helmfile[^/]*$/.test(file)) return [sh`helmfile -f ${file} -l ${`name=${name}`} apply`];
  return [
    sh`helm upgrade --install ${name} ${chartOf(chart, version)} -n ${where} ${{ flags: [...flags, REUSE, '--wait'] }}`,
  ];
}

/** A release keeps its values; defaults are those of the new chart. A release that is new has none to keep. */
const REUSE = '--reset-then-reuse-values';

/** What the commands ask of helm itself. */
export function ofHelm(commands: readonly string[]): string[] {
  return commands.some((command) => command.includes(REUSE)) ? [`helm is 3.14 or later (${REUSE}).`] : [];
}

/** Istio's chart repository begins with 1.12; older charts come with the release archive. */
export function chartOf(chart: string, version: string): Flags {
  const minor = Number(/^1\.(\d+)/.exec(version)?.[1] ?? 99);
  if (minor >= 12) return { flags: [`istio/${chart}`, ...(version === '' ? [] : ['--version', version])] };
  const folder = ARCHIVED[chart] ?? chart;
  return { flags: [`istio-${version}/manifests/charts/${folder}`] };
}

const ARCHIVED: Readonly<Record<string, string>> = {
  istiod: 'istio-control/istio-discovery',
  cni: 'istio-cni',
  gateway: 'gateways/istio-ingress',
};
