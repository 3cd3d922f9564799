import type { Mesh } from '../../../../mesh/mesh.ts';
import { perObject } from '../../../../remember.ts';
import { type Hit, objectHit, settingHit } from '../hit.ts';
import { reach } from '../reach.ts';

/** A place that installs the CRDs of a release of Gateway API, and that release as written. */
export interface Pin {
  readonly version: string;
  readonly hit: Hit;
}

const PROJECT = /\bkubernetes-sigs\/gateway-api\b/;
/** `releases/download/v1.0.0/standard-install.yaml`, `config/crd?ref=v0.6.2`, `gateway-api/v1.1.0/config`. */
const IN_ADDRESS =
  /\bkubernetes-sigs\/gateway-api\S{0,120}?(?:releases\/download\/|[?&]ref=|refs\/tags\/|gateway-api\/)(v?\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)/;

/** An object that follows a Git repository, where its address stands, and where the revision. */
const FOLLOWERS: readonly (readonly [kind: string, sources: readonly string[], url: string, ref: string])[] =
  [
    ['GitRepository.source.toolkit.fluxcd.io', ['spec'], 'url', 'ref.tag'],
    ['Application.argoproj.io', ['spec.source', 'spec.sources[]'], 'repoURL', 'targetRevision'],
    [
      'ApplicationSet.argoproj.io',
      ['spec.template.spec.source', 'spec.template.spec.sources[]'],
      'repoURL',
      'targetRevision',
    ],
  ];

export const PIN_INPUTS: readonly string[] = ['remotes', 'scripts', ...FOLLOWERS.map(([kind]) => kind)];

/** Where the repository names the release of Gateway API whose CRDs it installs from elsewhere. */
export const gatewayApiPins = perObject((mesh: Mesh): readonly Pin[] => [
  ...ofFollowers(mesh),
  ...ofRemotes(mesh),
  ...ofScripts(mesh),
]);

function ofFollowers(mesh: Mesh): Pin[] {
  return FOLLOWERS.flatMap(([kind, sources, url, ref]) =>
    mesh.resources(kind).flatMap((resource) =>
      sources
        .flatMap((path) => reach(resource.body, path))
        .filter(({ value }) => reach(value, url).some((one) => PROJECT.test(String(one.value))))
        .flatMap(({ value, path }) =>
          reach(value, ref).map((one) => ({
            version: String(one.value),
            hit: objectHit(resource, [...path, ...one.path]),
          })),
        ),
    ),
  );
}

function ofRemotes({ remotes }: Mesh): Pin[] {
  return remotes.flatMap(({ what, at }) => {
    const version = IN_ADDRESS.exec(what.slice(0, 2048))?.[1];
    const id = { kind: 'Kustomization', namespace: '', name: at?.file ?? '' };
    return version === undefined || !at ? [] : [{ version, hit: settingHit(id, () => at, what, undefined) }];
  });
}

function ofScripts({ scripts }: Mesh): Pin[] {
  return scripts.flatMap(({ text, at }) => {
    const version = IN_ADDRESS.exec(text.slice(0, 2048))?.[1];
    const id = { kind: 'Script', namespace: '', name: at.file };
    const says = text.trim().slice(0, 120);
    return version === undefined ? [] : [{ version, hit: settingHit(id, () => at, says, undefined) }];
  });
}
