import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { parseIstioVersion } from '../../src/facts/versions.ts';
import type { Installations } from '../../src/mesh/control-planes.ts';
import { Injectors } from '../../src/mesh/injection.ts';
import type { ControlPlane, NamespaceModel, RevisionTag } from '../../src/mesh/mesh.ts';
import { workloadsOf } from '../../src/mesh/workloads.ts';
import { deployment, namespaceManifest } from './manifests.ts';

/**
 * Every combination of the four labels, against the rule as a person would state it. The implementation evaluates the
 * charts' selectors instead, so the two can only agree if both are right.
 */

type Labels = Readonly<Record<string, string>>;

interface Setup {
  readonly version: string;
  readonly revisions: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly auto: boolean;
  readonly legacySelectors?: boolean;
}

const AT = { file: 'istiod.yaml', line: 1, column: 1, endLine: 1 };

function controlPlane(setup: Setup, revision: string): ControlPlane {
  const { version: versionText, auto, legacySelectors } = setup;
  return {
    revision,
    version: parseIstioVersion(versionText),
    versionText,
    installer: 'helm',
    namespace: 'istio-system',
    at: AT,
    confidence: 'certain',
    resource: undefined,
    meshConfig: {},
    env: {},
    injectsByDefault: auto,
    neverInject: [],
    alwaysInject: [],
    ...(legacySelectors === undefined ? {} : { legacySelectors }),
  };
}

function installations(setup: Setup): Installations {
  const tags = Object.entries(setup.tags).map(([name, revision]): RevisionTag => ({
    name,
    revision,
    at: AT,
    resource: undefined,
  }));
  return { controlPlanes: setup.revisions.map((name) => controlPlane(setup, name)), components: [], tags };
}

/** What is expected of a pod: a revision, `none`, `dangling`, or `unknown` where a default may be set by hand. */
function expected(setup: Setup, namespace: Labels, pod: Labels, name: string): string {
  const minor = Number(setup.version.split('.')[1]);
  const inject = pod['sidecar.istio.io/inject'];
  if (['kube-system', 'kube-public'].includes(name) || inject === 'false') return 'none';
  const asked = minor < 10 ? before110(setup, namespace, pod) : since110(setup, namespace, pod);
  if (!/^(?:none|dangling|unknown)$/.test(asked) && inject === 'no') return minor < 27 ? 'none' : asked;
  return asked;
}

function since110(setup: Setup, namespace: Labels, pod: Labels): string {
  if (namespace['istio-injection'] !== undefined) {
    return namespace['istio-injection'] === 'enabled' ? defaultOf(setup) : 'none';
  }
  const asked = namespace['istio.io/rev'] ?? pod['istio.io/rev'];
  if (asked !== undefined) return resolved(setup, asked);
  const inject = pod['sidecar.istio.io/inject'];
  if (inject === 'true') return defaultOf(setup);
  return inject === undefined && setup.auto && defaultOf(setup) !== 'unknown' ? defaultOf(setup) : 'none';
}

/** One webhook: the namespace alone decides, and pods only opt out. */
function before110(setup: Setup, namespace: Labels, pod: Labels): string {
  if (setup.legacySelectors === false) return without110(setup, namespace, pod);
  if (namespace['istio-injection'] !== undefined) {
    return namespace['istio-injection'] === 'enabled' ? defaultOf(setup) : 'none';
  }
  const asked = namespace['istio.io/rev'];
  if (asked === 'default') return 'none';
  if (asked !== undefined) return resolved(setup, asked);
  const named = pod['istio.io/rev'];
  return named !== undefined && resolved(setup, named) === 'dangling' ? 'dangling' : 'none';
}

/** 1.9 with the new selectors: only the name `default` is not answered to yet. */
function without110(setup: Setup, namespace: Labels, pod: Labels): string {
  if (namespace['istio-injection'] === undefined) {
    if ((namespace['istio.io/rev'] ?? pod['istio.io/rev']) === 'default') return 'none';
  }
  return since110(setup, namespace, pod);
}

function defaultOf({ revisions, tags }: Setup): string {
  return revisions.includes('default') ? 'default' : (tags['default'] ?? 'unknown');
}

function resolved(setup: Setup, name: string): string {
  if (name === 'default') return defaultOf(setup);
  if (setup.revisions.includes(name)) return name;
  return setup.tags[name] ?? 'dangling';
}

const SETUPS: Readonly<Record<string, Setup>> = {
  'default, X and tag T at 1.10': {
    version: '1.10.0',
    revisions: ['default', 'x'],
    tags: { t: 'x' },
    auto: false,
  },
  'default, X and tag T at 1.16': {
    version: '1.16.2',
    revisions: ['default', 'x'],
    tags: { t: 'x' },
    auto: false,
  },
  'default, X and tag T at 1.28': {
    version: '1.28.1',
    revisions: ['default', 'x'],
    tags: { t: 'x' },
    auto: false,
  },
  'X with tags default and T at 1.26': {
    version: '1.26.0',
    revisions: ['x'],
    tags: { default: 'x', t: 'x' },
    auto: false,
  },
  'X only at 1.22': { version: '1.22.0', revisions: ['x'], tags: { t: 'x' }, auto: false },
  'AUTO at 1.20': { version: '1.20.0', revisions: ['default', 'x'], tags: { t: 'x' }, auto: true },
  'AUTO on the default tag at 1.27': {
    version: '1.27.3',
    revisions: ['x'],
    tags: { default: 'x', t: 'x' },
    auto: true,
  },
  'default and X at 1.9': { version: '1.9.4', revisions: ['default', 'x'], tags: {}, auto: false },
  'default and X at 1.9, new selectors': {
    version: '1.9.4',
    revisions: ['default', 'x'],
    tags: {},
    auto: false,
    legacySelectors: false,
  },
};

const INJECTION = [undefined, 'enabled', 'disabled', 'true'];
const NAMESPACE_REVISION = [undefined, 'default', 'x', 't', 'gone'];
const INJECT = [undefined, 'true', 'false', 'no'];
const POD_REVISION = [undefined, 'x', 't', 'gone'];

function labels(entries: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
}

function model(name: string, own: Labels): NamespaceModel {
  return {
    name,
    resource: namespaceManifest(name, { ...own }),
    labels: { ...own, 'kubernetes.io/metadata.name': name },
    labelsKnown: 'yes',
  };
}

describe.each(Object.entries(SETUPS))('%s', (_, setup) => {
  const injectors = new Injectors(installations(setup), [], DEFAULT_SETTINGS);
  const revisions =
    Object.keys(setup.tags).length > 0 ? NAMESPACE_REVISION : NAMESPACE_REVISION.filter((it) => it !== 't');

  test.each(['shop', 'kube-system'])('every combination of labels in namespace %s', (name) => {
    const differences: string[] = [];
    let combinations = 0;
    for (const injection of INJECTION) {
      for (const revision of revisions) {
        const namespace = labels({ 'istio-injection': injection, 'istio.io/rev': revision });
        for (const inject of INJECT) {
          for (const podRevision of POD_REVISION) {
            const pod = labels({ 'sidecar.istio.io/inject': inject, 'istio.io/rev': podRevision });
            const actual = outcome(injectors, model(name, namespace), pod);
            const wanted = expected(setup, namespace, pod, name);
            combinations++;
            if (actual !== wanted) {
              differences.push(`${JSON.stringify({ ...namespace, pod })}: ${actual}, expected ${wanted}`);
            }
          }
        }
      }
    }
    expect(differences).toEqual([]);
    expect(combinations).toBe(4 * revisions.length * 16);
  });
});

function outcome(injectors: Injectors, namespace: NamespaceModel, pod: Labels): string {
  const [workload] = workloadsOf([deployment(namespace.name, 'cart', { ...pod })]);
  const injection = injectors.forWorkload(namespace, workload!);
  if (injection.dangling !== undefined) return 'dangling';
  if (injection.injected === 'unknown') return 'unknown';
  return injection.injected === 'yes' ? injection.revision : 'none';
}
