import type {
  Condition,
  EnvSignal,
  MeshConfigSignal,
  ProxyConfigSignal,
  ValueSignal,
} from '../../../facts/hazards/hazard.ts';
import type { Mesh, MeshComponent } from '../../../mesh/mesh.ts';
import { holds, partsMeeting } from './condition.ts';
import { envHits } from './look-env.ts';
import { type Hit, settingHit, valueHit } from './hit.ts';
import { type ConfigSource, meshConfigs, proxyConfigs } from './mesh-configs.ts';
import { reach, segmentsOf } from './reach.ts';

type Part = MeshComponent['component'];

/** Whose values a path can stand in, by its first key; others are istiod's. Those of an IstioOperator hold them all. */
const HOLDERS: Readonly<Record<string, readonly Part[]>> = {
  cni: ['cni'],
  ztunnel: ['ztunnel'],
  base: ['base'],
  gateways: ['gateway'],
  global: ['istiod', 'base', 'cni', 'ztunnel', 'gateway'],
  compatibilityVersion: ['istiod', 'base', 'cni', 'ztunnel', 'gateway'],
  profile: ['istiod', 'base', 'cni', 'ztunnel', 'gateway'],
};

/** Helm values that meet a condition; for `absent`, the values of a part that set none of the paths. */
export function valueHits(mesh: Mesh, { paths, is, of, where }: ValueSignal): Hit[] {
  const first = segmentsOf(paths[0] ?? '')[0] ?? '';
  return valuesFor(mesh, of, HOLDERS[first] ?? ['istiod']).flatMap((part) => {
    if (where) return partsMeeting(part.values?.values, paths, where).map(({ path }) => valueHit(part, path));
    const found = paths.flatMap((path) => reach(part.values?.values, path));
    if (is.test === 'absent') {
      return found.every(({ value }) => value === '') && part.values?.elsewhere === false
        ? [valueHit(part, [])]
        : [];
    }
    // Whoever copies a chart's values copies those that say nothing.
    const said = is.test === 'present' ? found.filter(({ value }) => !isBlank(value)) : found;
    return said.filter(({ value }) => holds(value, is)).map(({ path }) => valueHit(part, path));
  });
}

function isBlank(value: unknown): boolean {
  return value === null || holds(value, { test: 'empty' });
}

/** The parts whose values are known. A signal that names a part means its chart, one that names none the operator's too. */
function valuesFor({ components }: Mesh, of: ValueSignal['of'], holders: readonly Part[]): MeshComponent[] {
  return components.filter(({ component, installer, values }) => {
    if (!values) return false;
    const byOperator = installer === 'istioctl';
    if (of === 'operator') return byOperator;
    return of === undefined ? byOperator || holders.includes(component) : component === of && !byOperator;
  });
}

export function meshConfigHits(mesh: Mesh, signal: MeshConfigSignal): Hit[] {
  return configHits(meshConfigs(mesh), signal, 'meshConfig');
}

export function proxyConfigHits(mesh: Mesh, signal: ProxyConfigSignal): Hit[] {
  return configHits(proxyConfigs(mesh), signal, 'proxy config');
}

function configHits(
  sources: readonly ConfigSource[],
  { each, where }: MeshConfigSignal | ProxyConfigSignal,
  noun: string,
): Hit[] {
  return sources.flatMap(({ config, at, id, revision, setting }) =>
    partsMeeting(config, each, where).map(({ path }) => {
      const says = `${path.join('.')} in the ${noun} of ${id.kind} ${id.name}`;
      return { ...settingHit(id, () => at(path), says, revision), setting };
    }),
  );
}

/** Environment variables, wherever the repository sets them for that program. */
export function environmentHits(mesh: Mesh, signal: EnvSignal): Hit[] {
  const meeting = (condition: Condition) => (text: string) =>
    condition.test === 'present' || holds(text, condition);
  return envHits(mesh, signal.of, signal.names, meeting(signal.is));
}
