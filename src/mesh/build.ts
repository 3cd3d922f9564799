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
import { ResourceIndex } from './resource-index.ts';

/**
 * The mesh of an environment. `base` is the same environment before the change, when there is one: what it held and the
 * head does not is absent for certain.
 */
export function buildMesh(environment: Environment, settings: Settings, base?: Environment): Mesh {
  const head = indexed(environment, settings);
  const istio = istioSide(head, settings);
  return new EnvironmentMesh({
    head,
    base: base && indexed(base, settings),
    settings,
    istio,
    standIn: settings.world === 'closed' ? ingressStandIn(istio.meshConfig()) : undefined,
  });
}

function indexed(environment: Environment, settings: Settings): IndexedEnvironment {
  return { environment, index: new ResourceIndex(environment.resources, settings) };
}

/** Installations are read once; mesh configs are merged once per revision. */
function istioSide({ environment, index }: IndexedEnvironment, settings: Settings): IstioSide {
  const installations = readInstallations(environment);
  const webhooks = index.ofKind('MutatingWebhookConfiguration');
  const injectors = new Injectors(installations, webhooks, settings);
  const configs = new Map<string | undefined, Readonly<Record<string, unknown>>>();
  return {
    controlPlanes: installations.controlPlanes,
    components: installations.components,
    tags: installations.tags,
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
