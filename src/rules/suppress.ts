import type { Settings, Suppression } from '../config/settings.ts';
import type { ResourceId } from '../vocabulary.ts';
import type { Subject } from './subject.ts';

/** Istio's own annotation: a comma list of codes, or `*`. */
const ISTIO_ANNOTATION = 'galley.istio.io/analyze-suppress';

/** `Kind namespace/name`, or `Kind name` without a namespace: what suppressions are matched with. */
export function friendlyName({ kind, namespace, name }: ResourceId): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** Glob in linear time: `*` is any run of characters, everything else is itself. An empty glob matches nothing. */
export function globMatches(glob: string, text: string): boolean {
  if (glob === '') return false;
  const [first = '', ...rest] = glob.split('*');
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return text === glob;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

function annotationSuppresses(rule: string, resource: Subject): boolean {
  const codes = resource.annotations[ISTIO_ANNOTATION];
  if (codes === undefined) return false;
  return codes.split(',').some((code) => code.trim() === '*' || code.trim() === rule);
}

function inForce(suppression: Suppression, today: string): boolean {
  return suppression.until === undefined || today <= suppression.until;
}

/** Whether the repository has decided to live with this rule on this resource: by annotation, or by its settings. */
export function isSuppressed(rule: string, resource: Subject, settings: Settings): boolean {
  if (annotationSuppresses(rule, resource)) return true;
  const name = friendlyName(resource);
  return settings.suppressions.some(
    (entry) =>
      (entry.rule === rule || entry.rule === '*') &&
      inForce(entry, settings.today) &&
      globMatches(entry.resource, name),
  );
}
