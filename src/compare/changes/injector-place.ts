import type { Location } from '../../vocabulary.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { fieldAt } from '../../untyped.ts';
import type { Shift } from './injection-shifts.ts';

/** Values of a control plane that decide over pods whose labels stay as they are. */
const DECIDING = [
  ['sidecarInjectorWebhook', 'enableNamespacesByDefault'],
  ['sidecarInjectorWebhook', 'neverInjectSelector'],
  ['sidecarInjectorWebhook', 'alwaysInjectSelector'],
  ['global', 'proxy', 'autoInject'],
] as const;

/** The value of the injector that changed, where that is why pods with the same labels fare otherwise. */
export function injectorPlace(
  base: Mesh,
  head: Mesh,
  { before, after }: Pick<Shift, 'before' | 'after'>,
): Location | undefined {
  const [from, to] = [base, head].map(({ controlPlanes }) =>
    controlPlanes.find(({ revision }) => revision === (after.revision || before.revision)),
  );
  if (!from || !to) return undefined;
  const changed = DECIDING.find((path) => written(from, path) !== written(to, path));
  if (!changed) return undefined;
  return fieldAt(to.values?.values, ...changed) === undefined
    ? from.values?.at([...changed])
    : to.values?.at([...changed]);
}

function written({ values }: ControlPlane, path: (typeof DECIDING)[number]): string {
  return JSON.stringify(fieldAt(values?.values, ...path) ?? null);
}
