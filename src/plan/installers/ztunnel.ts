import type { Fix } from '../../vocabulary.ts';
import { fieldAt, textAt } from '../../untyped.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import type { Promotion } from '../promotion.ts';
import { valueEdits, type ValueChange } from './value-edits.ts';

/**
 * ztunnel asks one revision for configuration and certificates, by its value `revision` (a revision, no tag). It has to follow
 * before the old one goes. `undefined` where it is right already, or where the upgrade is in place.
 */
export function ztunnelChange(p: Promotion, component: MeshComponent): ValueChange | undefined {
  if (component.component !== 'ztunnel' || p.olds.some(({ revision }) => revision === p.to.revision))
    return undefined;
  const from = revisionOf(component);
  if (from === p.to.revision) return undefined;
  const written = fieldAt(component.values?.values, 'revision') !== undefined;
  const at = written ? component.values?.at(['revision']) : undefined;
  const title = `ztunnel ${component.name} asks ${p.to.revision}`;
  return { key: 'revision', at, from, to: p.to.revision, title };
}

/** The revision that a ztunnel asks. */
export function revisionOf({ values }: MeshComponent): string {
  return textAt(values?.values, 'revision') || 'default';
}

/** The edit, or what a person does where it cannot be offered. */
export function ztunnelEdits(
  p: Promotion,
  component: MeshComponent,
): { readonly edits: readonly Fix[]; readonly byHand: readonly string[] } {
  const change = ztunnelChange(p, component);
  if (!change) return { edits: [], byHand: [] };
  const edits = valueEdits(p, component, change);
  const byHand =
    edits.length > 0
      ? []
      : [`The values of ${component.name} (${component.at.file}) set revision: ${change.to}.`];
  return { edits, byHand };
}
