import { fieldAt, listAt } from '../untyped.ts';
import type { ControlPlane, RevisionTag } from '../mesh/mesh.ts';
import type { Fix } from '../vocabulary.ts';
import { addBelow } from './installers/value-edits.ts';
import { withEntryBelow, withItem, withoutItem } from './list-lines.ts';
import { present } from './moves.ts';
import type { Promotion } from './promotion.ts';

const KEY = 'revisionTags';

/** Is the tag set by a command of a script: `istioctl tag set prod --revision 1-10-0`? */
export function isSetByScript({ copy }: Promotion, { resource, at }: RevisionTag): boolean {
  const line = copy.text(at.file)?.[at.line - 1] ?? '';
  return resource === undefined && /\btag\s+(?:set|generate)\s/.test(line);
}

/** The command of the script, with the new revision. */
export function scriptEdit({ copy, to }: Promotion, { name, revision, at }: RevisionTag): Fix[] {
  return present([copy.replaceValue(at, revision, to.revision, `Tag ${name} points to ${to.revision}`)]);
}

/** Takes a tag out of the `revisionTags` of what installs its control plane. */
export function tagTaken({ copy }: Promotion, { name, revision, at }: RevisionTag): Fix[] {
  const title = `Tag ${name} is no tag of ${revision} any more`;
  return present([copy.rewrite(at, (lines, index) => withoutItem(lines, index, name), title)]);
}

/** Gives a tag to the control plane that is to have it: into its `revisionTags`, or beside its `revision`. */
export function tagGiven(p: Promotion, plane: ControlPlane, name: string): Fix[] {
  const title = `Tag ${name} points to ${plane.revision}`;
  const { values, resource } = plane;
  if (p.head.tags.some((tag) => tag.name === name && tag.revision === plane.revision)) return [];
  const isAdded = (text: string): boolean => text.trimStart().startsWith(`${KEY}: [`);
  const [there] = listAt(values?.values, KEY);
  const add = (lines: readonly string[], index: number) => withItem(lines, index, name);
  const place = values?.at(there === undefined ? ['revision'] : [KEY, 0]);
  if (place && there !== undefined) return present([p.copy.rewrite(place, add, title)]);
  const more = p.copy.rewriteAdded(place?.file ?? plane.at.file, isAdded, add, title);
  if (more) return [more];
  // Its revision stands beside its values, not among them.
  if (resource?.kind === 'IstioOperator')
    return addBelow(p, resource, ['spec'], ['values'], { key: KEY, to: `[${name}]`, title });
  if (!place || fieldAt(values?.values, 'revision') === undefined) return [];
  const entry = `${KEY}: [${name}]`;
  return present([
    p.copy.rewrite(place, (lines, index) => withEntryBelow(lines, index, 'revision', entry), title),
  ]);
}
