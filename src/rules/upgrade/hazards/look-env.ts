import type { EnvSignal } from '../../../facts/hazards/hazard.ts';
import { parseImage } from '../../../mesh/installations/image-reference.ts';
import type { ContainerModel, Mesh, MeshComponent, Workload } from '../../../mesh/mesh.ts';
import { list, text } from '../../body.ts';
import { type Hit, objectHit, podHit, settingHit, valueHit } from './hit.ts';
import { proxyConfigs } from './mesh-configs.ts';
import { perObject } from '../../../remember.ts';
import { reach } from './reach.ts';

type Program = EnvSignal['of'];
type Holds = (text: string) => boolean;

/** The values that hold a program's variables: maps of name to text, in the layout of istioctl. */
const VALUES: Readonly<Record<Program, Partial<Record<MeshComponent['component'], readonly string[]>>>> = {
  istiod: { istiod: ['pilot.env'] },
  proxy: {},
  gateway: { gateway: ['env', 'gateways.*.env'], istiod: ['gateways.*.env'] },
  cni: { cni: ['cni.env'], istiod: ['cni.env'] },
};

/** Lists of variables in an IstioOperator; istiod's are among its values. */
const OPERATOR_LISTS: Readonly<Record<Program, readonly string[]>> = {
  istiod: [],
  proxy: [],
  gateway: ['spec.components.ingressGateways[].k8s.env[]', 'spec.components.egressGateways[].k8s.env[]'],
  cni: ['spec.components.cni.k8s.env[]'],
};

/** Every place that sets one of these variables for the program, with a text that `holds` accepts. */
export function envHits(mesh: Mesh, program: Program, names: readonly string[], holds: Holds): Hit[] {
  return [
    ...inValues(mesh, program, names, holds),
    ...inOperators(mesh, program, names, holds),
    ...inContainers(mesh, program, names, holds),
    ...(program === 'proxy'
      ? [
          ...inProxyConfigs(mesh, names, holds),
          ...inResources(mesh, names, holds),
          ...ofGateways(mesh, names, holds),
        ]
      : []),
  ];
}

/** A gateway is a proxy too. What is set for one holds for it alone. */
function ofGateways(mesh: Mesh, names: readonly string[], holds: Holds): Hit[] {
  const hits = [...inValues(mesh, 'gateway', names, holds), ...inOperators(mesh, 'gateway', names, holds)];
  return hits.map((hit) => ({ ...hit, setting: false }));
}

function inValues(mesh: Mesh, program: Program, names: readonly string[], holds: Holds): Hit[] {
  return mesh.components.flatMap((part) =>
    (VALUES[program][part.component] ?? [])
      .flatMap((path) => names.flatMap((name) => reach(part.values?.values, `${path}."${name}"`)))
      .filter(({ value }) => holds(plain(value)))
      .map(({ path }) => valueHit(part, path)),
  );
}

function inOperators(mesh: Mesh, program: Program, names: readonly string[], holds: Holds): Hit[] {
  const paths = OPERATOR_LISTS[program];
  if (paths.length === 0) return [];
  return mesh.resources('IstioOperator').flatMap((resource) =>
    paths
      .flatMap((path) => reach(resource.body, path))
      .filter(({ value }) => names.includes(text(value, 'name')) && holds(text(value, 'value')))
      .map(({ path }) => ({ ...objectHit(resource, path), setting: true })),
  );
}

/** A container of a rendered manifest that runs a program of Istio. */
interface Running {
  readonly program: Program;
  readonly workload: Workload;
  readonly container: ContainerModel;
}

const PROGRAMS: readonly Program[] = ['istiod', 'proxy', 'gateway', 'cni'];

const running = perObject((mesh: Mesh): readonly Running[] =>
  mesh.workloads.flatMap((workload) =>
    workload.containers.flatMap((container) =>
      PROGRAMS.filter((program) => runs(container, workload, program)).map((program) => ({
        program,
        workload,
        container,
      })),
    ),
  ),
);

function inContainers(mesh: Mesh, program: Program, names: readonly string[], holds: Holds): Hit[] {
  return running(mesh)
    .filter((one) => one.program === program)
    .flatMap(({ workload, container }) =>
      names
        .filter((name) => Object.hasOwn(container.env, name) && holds(container.env[name] ?? ''))
        .map((name) => ({ ...envHit(workload, container, name), setting: program !== 'proxy' })),
    );
}

function envHit(workload: Workload, container: ContainerModel, name: string): Hit {
  const index = list(container.body, 'env').findIndex((entry) => text(entry, 'name') === name);
  const path = [...container.path.slice(workload.specPath.length), 'env', index, 'value'];
  return { ...podHit(workload, path), says: `${name} of ${workload.kind} ${workload.name}` };
}

function runs({ name, image, init }: ContainerModel, { containers }: Workload, program: Program): boolean {
  const binary = parseImage(image).name;
  if (program === 'istiod') return name === 'discovery' || binary.startsWith('pilot');
  if (program === 'cni') return binary.startsWith('install-cni');
  if (name !== 'istio-proxy' || init) return false;
  const alone = containers.every((one) => one.init || one.name === 'istio-proxy');
  return alone === (program === 'gateway') || program === 'proxy';
}

function inProxyConfigs(mesh: Mesh, names: readonly string[], holds: Holds): Hit[] {
  return proxyConfigs(mesh).flatMap(({ config, at, id, revision, setting }) =>
    names
      .flatMap((name) => reach(config, `proxyMetadata."${name}"`))
      .filter(({ value }) => holds(plain(value)))
      .map(({ path }) => ({
        ...settingHit(id, () => at(path), `${path.join('.')} of ${id.kind} ${id.name}`, revision),
        setting,
      })),
  );
}

function inResources(mesh: Mesh, names: readonly string[], holds: Holds): Hit[] {
  return mesh.resources('ProxyConfig').flatMap((resource) =>
    names
      .flatMap((name) => reach(resource.body, `spec.environmentVariables."${name}"`))
      .filter(({ value }) => holds(plain(value)))
      .map(({ path }) => objectHit(resource, path)),
  );
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
