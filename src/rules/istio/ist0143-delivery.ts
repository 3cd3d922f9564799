import { isMapping } from '../../untyped.ts';
import { compareVersions, type IstioVersion } from '../../facts/versions.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import type { Evidence, Location } from '../../vocabulary.ts';
import { fields, text } from '../body.ts';

/** Where the proxies of a revision send inbound traffic for a port that the pod listens on. */
export type Delivery =
  /** To the pod's address, since 1.10. `ignored` names a switch that is set and that this version does not read. */
  | { readonly to: 'pod'; readonly ignored: readonly Evidence[] }
  /** To loopback as before 1.10: a switch of the control plane says so. */
  | { readonly to: 'loopback'; readonly because: string; readonly at: Location | undefined }
  /** To loopback: the control plane is older than 1.10. `stays`: the switch that will keep it so is set already. */
  | { readonly to: 'loopback-for-now'; readonly stays: boolean };

const V1_10: IstioVersion = { major: 1, minor: 10, patch: 0 };
const V1_21: IstioVersion = { major: 1, minor: 21, patch: 0 };
const V1_22: IstioVersion = { major: 1, minor: 22, patch: 0 };

const PASSTHROUGH = 'PILOT_ENABLE_INBOUND_PASSTHROUGH';

/**
 * How a control plane has inbound traffic delivered. Istio 1.10 changed the target from loopback to the pod's address;
 * `PILOT_ENABLE_INBOUND_PASSTHROUGH=false` (1.10 to 1.20) and `inboundTrafficPolicy.mode: LOCALHOST` (1.22 and later) undo
 * that, and 1.21 reads neither. Of an unknown version the switch is believed.
 */
export function deliveryOf(mesh: Mesh, controlPlane: ControlPlane | undefined, revision: string): Delivery {
  const version = controlPlane?.version;
  const isBefore = (other: IstioVersion): boolean =>
    version !== undefined && compareVersions(version, other) < 0;
  const isOff = controlPlane?.env[PASSTHROUGH]?.toLowerCase() === 'false';
  const isLocal = text(fields(mesh.meshConfig(revision), 'inboundTrafficPolicy'), 'mode') === 'LOCALHOST';
  if (isBefore(V1_10)) return { to: 'loopback-for-now', stays: isOff };
  const at = controlPlane && placeOfSwitch(controlPlane, isOff ? PASSTHROUGH : 'inboundTrafficPolicy');
  if (isOff && (!version || isBefore(V1_21))) {
    return { to: 'loopback', because: `${PASSTHROUGH}=false is set, which Istio 1.10 to 1.20 honours`, at };
  }
  if (isLocal && !isBefore(V1_22)) {
    return { to: 'loopback', because: 'inboundTrafficPolicy.mode is LOCALHOST in its mesh config', at };
  }
  const where = at ? { at } : {};
  return {
    to: 'pod',
    ignored: [
      ...(isOff
        ? [{ says: `${PASSTHROUGH}=false is set, but Istio 1.21 and later do not read it`, ...where }]
        : []),
      ...(isLocal
        ? [{ says: 'inboundTrafficPolicy is set, but Istio reads it from 1.22 on', ...where }]
        : []),
    ],
  };
}

/** Where a switch is written, as far as the manifest of the control plane shows. */
function placeOfSwitch({ resource, meshConfigAt, at }: ControlPlane, name: string): Location {
  if (name !== PASSTHROUGH) return meshConfigAt?.([name]) ?? at;
  const path = resource && pathOf(resource.body, name, 0);
  return resource && path ? resource.origin.at(path) : at;
}

const DEEPEST = 12;

/** The path of an entry of that name, in a mapping or in a list of `name` and `value`. */
function pathOf(value: unknown, name: string, depth: number): (string | number)[] | undefined {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    if (step === name || (isMapping(child) && child['name'] === name)) return [step];
    const below = pathOf(child, name, depth + 1);
    if (below) return [step, ...below];
  }
  return undefined;
}
