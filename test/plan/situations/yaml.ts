import { dump } from 'js-yaml';

/** One file with several objects. */
export function documents(...objects: readonly object[]): string {
  return objects.map((object) => dump(object, { lineWidth: -1 })).join('---\n');
}

/** Only what is there: an empty mapping is left out. */
export function some<T extends object>(name: string, value: T): Record<string, T> {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}
