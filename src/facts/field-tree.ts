/**
 * The fields a mapping may have, by name, and what is below each: `null` for a scalar, or where anything may stand. Items of
 * a list are described by the list's own entry; `*` stands for every key of a map.
 */
export interface FieldTree {
  readonly [name: string]: FieldTree | null;
}
