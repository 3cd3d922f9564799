import type { Location, Path } from '../../vocabulary.ts';
import { fieldAt, mappingAt, type Fields } from '../../untyped.ts';
import type { MeshComponent, WrittenValues } from '../mesh.ts';
import type { ValuesLayer } from './installation.ts';
import { mergeValues } from './merge-values.ts';

/** The keys that istioctl keeps under `pilot` and the istiod chart also takes without it (1.21 to 1.31). */
const PILOT_KEYS = new Set(
  (
    'affinity autoscaleBehavior autoscaleEnabled autoscaleMax autoscaleMin cni configMap cpu deploymentLabels env ' +
    'envVarFrom extraContainerArgs gatewayClasses hub image initContainers ipFamilies ipFamilyPolicy jwksResolverExtraRootCA ' +
    'keepaliveMaxServerConnectionAge memory nodeSelector podAnnotations podLabels replicaCount resources ' +
    'rollingMaxSurge rollingMaxUnavailable seccompProfile serviceAccountAnnotations serviceAnnotations ' +
    'sidecarInjectorWebhookAnnotations tag taint tolerations topologySpreadConstraints traceSampling ' +
    'trustedZtunnelName trustedZtunnelNamespace variant volumeMounts volumes'
  ).split(' '),
);

/** Keys that the cni and ztunnel charts share with the whole installation. */
const SHARED_KEYS = new Set(
  'base compatibilityVersion defaultRevision global meshConfig platform profile revision'.split(' '),
);

/**
 * Values of a chart in the layout of istioctl: what the charts take flat since 1.21 stands under `pilot`, `cni` or
 * `ztunnel`, where what is written under that name wins, as in the charts. `elsewhere`: others may be set out of sight.
 */
export function writtenValues(
  component: MeshComponent['component'],
  layer: ValuesLayer,
  elsewhere: boolean,
): WrittenValues {
  const own = OWN_KEYS.get(component);
  if (!own) return { values: layer.values, at: layer.at, elsewhere };
  const { prefix } = own;
  const flat = Object.create(null) as Record<string, unknown>;
  const values = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(layer.values)) {
    if (key === prefix) continue;
    if (own.has(key)) flat[key] = value;
    else values[key] = value;
  }
  const merged = mergeValues(flat, mappingAt(layer.values, prefix));
  if (Object.keys(merged).length > 0) values[prefix] = merged;
  return { values, at: (path) => place(layer, prefix, path), elsewhere };
}

interface OwnKeys {
  readonly prefix: string;
  has(key: string): boolean;
}

const OWN_KEYS: ReadonlyMap<MeshComponent['component'], OwnKeys> = new Map([
  ['istiod', { prefix: 'pilot', has: (key) => PILOT_KEYS.has(key) }],
  ['cni', { prefix: 'cni', has: (key) => !SHARED_KEYS.has(key) }],
  ['ztunnel', { prefix: 'ztunnel', has: (key) => !SHARED_KEYS.has(key) }],
]);

function place({ values, at }: ValuesLayer, prefix: string, path: Path): Location {
  const [first, ...rest] = path;
  const isFlat = first === prefix && !isWritten(values, path) && isWritten(values, rest);
  return at(isFlat ? rest : path);
}

function isWritten(values: Fields, path: Path): boolean {
  return path.length > 0 && fieldAt(values, ...path) !== undefined;
}
