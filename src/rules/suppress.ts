import type { Settings, Suppression } from '../config/settings.ts';
import { KIALI_CODES } from '../facts/kiali-codes.ts';
import type { ResourceId } from '../vocabulary.ts';
import type { Subject } from './subject.ts';

/** Istio's own annotation: a comma list of codes, or `*`. */
const ISTIO_ANNOTATION = 'galley.istio.io/analyze-suppress';
/** Kiali's (since July 2026): a comma list of its codes. */
const KIALI_ANNOTATION = 'kiali.io/ignore-validations';

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
  return codesIn(resource, ISTIO_ANNOTATION).some((code) => code === '*' || code === rule);
}

/** Whether Kiali has been told to ignore on this resource what `message` of `rule` says. */
export function isIgnoredByKiali(rule: string, message: string, resource: Subject): boolean {
  return codesIn(resource, KIALI_ANNOTATION)
    .flatMap((code) => (Object.hasOwn(KIALI_CODES, code) ? (KIALI_CODES[code] ?? []) : []))
    .some((same) => same.rule === rule && (same.messages?.includes(message) ?? true));
}

const NO_CODES: readonly string[] = [];

function codesIn({ annotations }: Subject, annotation: string): readonly string[] {
  return annotations[annotation]?.split(',').map((code) => code.trim()) ?? NO_CODES;
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
