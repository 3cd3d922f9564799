import type { MeshComponent } from '../../mesh/mesh.ts';
import { sh, type Flags } from '../shell.ts';

/** A release as far as its commands need it. */
export type Owner = Pick<MeshComponent, 'name' | 'namespace' | 'at' | 'chartFile'>;

const UMBRELLA = /(?:^|\/)(?:Chart\.(?:ya?ml|lock)|requirements\.(?:ya?ml|lock))$/;
const OVERLAY = /(?:^|\/)kustomization\.ya?ml$/;
const HELMFILE = /(?:^|\/)helmfile[^/]*$/;
const TERRAFORM = /\.(?:tf|tfvars)(?:\.json)?$|(?:^|\/)terragrunt\.hcl$/;

/** Files of tools that deploy in ways of their own, and what a person does for it. */
const OWN_TOOLS: readonly (readonly [RegExp, (file: string) => string])[] = [
  [/(?:^|\/)zarf\.ya?ml$/, (file) => `The Zarf package of ${file} is built and deployed: it installs this.`],
  [/(?:^|\/)fleet\.ya?ml$/, (file) => `Fleet deploys what ${file} says as soon as it is committed.`],
  [
    /(?:^|\/)vendir\.ya?ml$/,
    (file) => `What ${file} names is fetched (vendir sync) and deployed as it was before.`,
  ],
];

/** The file that installs it. */
export function installedBy({ at, chartFile }: Pick<Owner, 'at' | 'chartFile'>): string {
  return chartFile ?? at.file;
}

/** Written for the helm command itself, or nowhere we know of. */
export function isPlain(owner: Pick<Owner, 'at' | 'chartFile'>): boolean {
  const file = installedBy(owner);
  return (
    ![UMBRELLA, OVERLAY, HELMFILE, TERRAFORM].some((sort) => sort.test(file)) && ownTool(file) === undefined
  );
}

/** Installed by `terraform apply`, which brings everything of its root module at once. */
export function isTerraform(owner: Pick<Owner, 'at' | 'chartFile'>): boolean {
  return TERRAFORM.test(installedBy(owner));
}

/** Is it a release of its own in a helmfile? */
export function isHelmfile(owner: Pick<Owner, 'at' | 'chartFile'>): boolean {
  return HELMFILE.test(installedBy(owner));
}

/** Is it a dependency of a chart of charts? */
export function isPartOfChart(owner: Pick<Owner, 'at' | 'chartFile'>): boolean {
  return UMBRELLA.test(installedBy(owner));
}

function ownTool(file: string): string | undefined {
  return OWN_TOOLS.find(([sort]) => sort.test(file))?.[1](file);
}

/** The commands that bring a release to what its file says, or to a version. */
export function release(owner: Owner, chart: string, version: string, flags: readonly string[]): string[] {
  const { name, namespace } = owner;
  const file = installedBy(owner);
  const dir = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  const where = namespace === '' ? 'istio-system' : namespace;
  if (UMBRELLA.test(file)) {
    return [
      sh`helm dependency update ${dir}`,
      // What the parts of a chart are set to stands in its own values.
      sh`helm upgrade --install ${name} ${dir} -n ${where} --wait`,
    ];
  }
  if (OVERLAY.test(file)) return [`${sh`kustomize build --enable-helm ${dir}`} | kubectl apply -f -`];
  if (HELMFILE.test(file)) return [sh`helmfile -f ${file} -l ${`name=${name}`} apply`];
  // Which directory is the root module is not told by the file.
  if (TERRAFORM.test(file)) return ['terraform apply'];
  if (ownTool(file) !== undefined) return [];
  return [
    sh`helm upgrade --install ${name} ${chartOf(chart, version)} -n ${where} ${{ flags: [...flags, REUSE, '--wait'] }}`,
  ];
}

/** A release keeps its values; defaults are those of the new chart. A release that is new has none to keep. */
const REUSE = '--reset-then-reuse-values';

/** What must be so for the commands of a release to do what they are for. */
export function asked(owner: Owner, commands: readonly string[]): string[] {
  const file = installedBy(owner);
  const tool = ownTool(file);
  if (tool !== undefined) return [tool];
  if (TERRAFORM.test(file)) {
    return [
      `terraform apply runs in the root module that installs ${owner.name} (${file}), and its plan shows nothing else.`,
    ];
  }
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
