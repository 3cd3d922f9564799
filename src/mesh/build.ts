import type { Settings } from '../config/settings.ts';
import type { Environment } from '../environments/environment.ts';
import type { IndexedEnvironment } from './creators.ts';
import { readInstallations } from './control-planes.ts';
import { EnvironmentMesh } from './environment-mesh.ts';
import type { IstioSide } from './environment-mesh.ts';
import { ingressStandIn } from './ingress-stand-in.ts';
import { Injectors } from './injection.ts';
import type { Mesh } from './mesh.ts';
import { effectiveMeshConfig } from './mesh-config.ts';
import { once } from '../remember.ts';
import { ResourceIndex } from './resource-index.ts';
import { RevisionNames } from './revisions.ts';
import { versionSteps } from './version-steps.ts';

/**
 * The mesh of an environment. `other` is the same environment on the other side of the change, when there is one: what it
 * holds and this side does not is absent for certain.
 * @param side `base` models the state before the change, which upgrades nothing.
 * @param before the mesh of `other`, where it is at hand already.
 */
export function buildMesh(
  environment: Environment,
  settings: Settings,
  other?: Environment,
  side: 'base' | 'head' = 'head',
  before?: Mesh,
): Mesh {
  const head = indexed(environment, settings);
  const istio = once(() => istioSide(head, settings));
  return new EnvironmentMesh({
    head,
    base: other && indexed(other, settings),
    upgrades: () =>
      other && side === 'head' ? versionSteps(readInstallations(other).components, istio().components) : [],
    before: () =>
      other && side === 'head' ? (before ?? buildMesh(other, settings, environment, 'base')) : undefined,
    settings,
    istio,
    standIn: settings.world === 'closed' ? ingressStandIn(istio().meshConfig()) : undefined,
  });
}

/** Of each side once, though both meshes look at both sides. */
const INDEXES = new WeakMap<Environment, { readonly settings: Settings; readonly index: ResourceIndex }>();

function indexed(environment: Environment, settings: Settings): IndexedEnvironment {
  const known = INDEXES.get(environment);
  if (known?.settings === settings) return { environment, index: known.index };
  const index = new ResourceIndex(environment.resources, settings);
  INDEXES.set(environment, { settings, index });
  return { environment, index };
}

/** Installations are read once; mesh configs are merged once per revision. */
function istioSide({ environment, index }: IndexedEnvironment, settings: Settings): IstioSide {
  const installations = readInstallations(environment);
  const webhooks = index.ofKind('MutatingWebhookConfiguration');
  const injectors = new Injectors(installations, webhooks, settings);
  const names = new RevisionNames(installations, settings.world, settings.externals);
  const configs = new Map<string | undefined, Readonly<Record<string, unknown>>>();
  return {
    controlPlanes: installations.controlPlanes,
    components: installations.components,
    tags: installations.tags,
    meaningOf: (name) => names.meaningOf(name),
    forNamespace: (namespace) => injectors.forNamespace(namespace),
    forWorkload: (namespace, workload) => injectors.forWorkload(namespace, workload),
    meshConfig(revision) {
      const known = configs.get(revision);
      if (known) return known;
      const config = effectiveMeshConfig(installations.controlPlanes, settings.meshConfig, revision);
      configs.set(revision, config);
      return config;
    },
  };
}
