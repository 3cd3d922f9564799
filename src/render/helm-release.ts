import type { Location, Path } from '../vocabulary.ts';
import { scalarsIn } from './helm-values.ts';
import type { Fields } from '../untyped.ts';

/** A release of a chart of the repository, as whoever deploys it describes it. */
export interface HelmRelease {
  /** Directory of the chart; '' for the root of the repository. */
  readonly path: string;
  readonly releaseName: string;
  /** Nobody says what the release is called: the name is a guess. */
  readonly isNameGuessed?: boolean;
  readonly namespace: string;
  /** Values files of the repository besides the chart's own, the strongest last. */
  readonly valuesFiles: readonly string[];
  /** Values given in place (by Argo CD, Flux, helmfile); stronger than every file. */
  readonly values?: Fields;
  /** The line of a value given in place. */
  readonly valuesAt?: (path: Path) => Location;
  readonly kubeVersion?: string;
  /** What `.Capabilities.APIVersions.Has` answers yes to, besides Kubernetes' own; ISTIO_API_VERSIONS when absent. */
  readonly apiVersions?: readonly string[];
  readonly includeCrds?: boolean;
  /** The chart's own values.yaml takes no part. */
  readonly withoutOwnValues?: boolean;
}

/** Charts ask whether Istio is there before they render its kinds. Where we are asked, it is. */
export const ISTIO_API_VERSIONS: readonly string[] = [
  'networking.istio.io/v1',
  'networking.istio.io/v1beta1',
  'networking.istio.io/v1alpha3',
  'security.istio.io/v1',
  'security.istio.io/v1beta1',
  'telemetry.istio.io/v1',
  'telemetry.istio.io/v1alpha1',
  'gateway.networking.k8s.io/v1',
  'gateway.networking.k8s.io/v1beta1',
];

/** Everything of a release that the result depends on, lines of values given in place included. */
export function identity(release: HelmRelease): string[] {
  const { valuesAt } = release;
  const lines = valuesAt ? [...scalarsIn(release.values)].map(({ path }) => valuesAt(path)) : [];
  return [JSON.stringify({ ...release, path: '' }), JSON.stringify(lines)];
}

/** Arguments come from manifests, and none of them may read as an option or a list. */
export function wrongArgument({
  releaseName,
  namespace,
  kubeVersion,
  apiVersions,
}: HelmRelease): string | undefined {
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,51}[a-z0-9])?$/.test(releaseName)) return 'its release name is none';
  if (!/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/.test(namespace)) return 'its namespace is none';
  if (kubeVersion !== undefined && !/^v?\d{1,3}(?:\.\d{1,3}){1,2}[\w.+-]{0,40}$/.test(kubeVersion)) {
    return 'its Kubernetes version is none';
  }
  const isVersion = (text: string): boolean => /^[\w.-]{1,100}(?:\/[\w.-]{1,100}){0,2}$/.test(text);
  return apiVersions?.every(isVersion) === false ? 'its API versions are none' : undefined;
}

/**
 * The command line after the program.
 * @param chart directory of the chart, relative
 * @param values paths of values files, none of which holds a comma
 */
export function argumentsOf(release: HelmRelease, chart: string, values: Iterable<string>): string[] {
  return [
    'template',
    release.releaseName,
    `./${chart}`,
    ...(release.namespace === '' ? [] : [`--namespace=${release.namespace}`]),
    ...[...values].map((path) => `--values=${path}`),
    ...(release.kubeVersion === undefined ? [] : [`--kube-version=${release.kubeVersion}`]),
    ...(release.apiVersions ?? ISTIO_API_VERSIONS).map((version) => `--api-versions=${version}`),
    ...(release.includeCrds === true ? ['--include-crds'] : []),
    '--skip-tests',
    '--skip-schema-validation',
  ];
}
