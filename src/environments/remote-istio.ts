import type { Location } from '../vocabulary.ts';
import type { DeclaredChart } from './environment.ts';

/** Of Istio's repository on GitHub: a release in the path, or as `?ref=`. Linear: every part stops at its own delimiter. */
const IN_PATH =
  /\bistio\/istio\/(?:raw\/|refs\/tags\/|tree\/|blob\/)?v?(1\.\d{1,2}\.\d{1,3})\/manifests\/charts\/base\//;
const BY_REF =
  /\bistio\/istio(?:\.git)?\/{1,2}manifests\/charts\/base(?:\/[^?]*)?\?(?:[^&]*&)*?ref=v?(1\.\d{1,2}\.\d{1,3})(?:&|$)/;

/**
 * What a remote resource of a kustomization says of Istio's version: the CRDs of a release, taken from its repository.
 * `undefined` for everything else.
 */
export function remoteIstioBase(url: string, at: Location): DeclaredChart | undefined {
  if (url.length > LONGEST_URL) return undefined;
  const version = (IN_PATH.exec(url) ?? BY_REF.exec(url))?.[1];
  if (version === undefined) return undefined;
  return {
    chart: 'base',
    repository: 'https://istio-release.storage.googleapis.com/charts',
    version,
    releaseName: 'istio-base',
    namespace: 'istio-system',
    values: {},
    installer: 'helm',
    confidence: 'likely',
    valuesElsewhere: true,
    at,
    valueAt: () => at,
  };
}

const LONGEST_URL = 1000;
