/** What may stand in a field. `free` is anything; a list of texts is an enumeration. */
export type Shape =
  'text' | 'number' | 'flag' | 'free' | readonly string[] | ListShape | MapShape | FieldsShape;

export interface ListShape {
  readonly items: Shape;
}

/** A mapping with keys of the author's. */
export interface MapShape {
  readonly each: Shape;
}

export interface FieldsShape {
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Groups of fields of which at most one may be set. */
  readonly oneOf?: readonly (readonly string[])[];
}
