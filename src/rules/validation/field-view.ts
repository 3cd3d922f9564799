import { isMapping } from '../../untyped.ts';
import type { Path, PathSegment } from '../../vocabulary.ts';
import { field, fieldName, hasPlaceholder } from '../body.ts';

/** `error`: the API server or istiod refuses the resource. `warning`: it is taken, and does not do what it says. */
export type Severity = 'error' | 'warning';

export type ProblemSink = (severity: Severity, field: FieldView, problem: string) => void;

/**
 * A field of a resource under validation: its value, where it stands, and how to object to it. What holds a placeholder is
 * never objected to, for it may become anything.
 */
export class FieldView {
  readonly value: unknown;
  readonly #sink: ProblemSink;
  readonly #parent: FieldView | undefined;
  readonly #key: PathSegment;

  constructor(value: unknown, sink: ProblemSink, parent?: FieldView, key: PathSegment = '') {
    this.value = value;
    this.#sink = sink;
    this.#parent = parent;
    this.#key = key;
  }

  /** From the root of the resource. Built when asked for: hardly any of the fields that are looked at is objected to. */
  get path(): Path {
    return this.#parent ? [...this.#parent.path, this.#key] : [];
  }

  /** `null` counts as absent, as everywhere in Kubernetes. */
  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** Whether it is set to something other than an empty text, list or mapping. */
  get isFilled(): boolean {
    if (!isMapping(this.value))
      return Array.isArray(this.value) ? this.value.length > 0 : this.isSet && this.value !== '';
    for (const key in this.value) if (Object.hasOwn(this.value, key)) return true;
    return false;
  }

  /** The text, '' for anything else. */
  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  /** The number, also one in quotes; `undefined` for anything else. */
  get number(): number | undefined {
    if (typeof this.value === 'number') return this.value;
    if (typeof this.value !== 'string') return undefined;
    return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(this.value) ? Number(this.value) : undefined;
  }

  /** Whether it is to be filled in later. */
  get isOpen(): boolean {
    return typeof this.value === 'string' && hasPlaceholder(this.value);
  }

  /** Whether a field is set; much cheaper to ask than for the field itself, and most fields are not. */
  has(name: string): boolean {
    return field(this.value, name) !== undefined;
  }

  field(name: string): FieldView {
    const written = fieldName(this.value, name);
    const value =
      isMapping(this.value) && Object.hasOwn(this.value, written) ? this.value[written] : undefined;
    return new FieldView(value, this.#sink, this, written);
  }

  /** Checks those of several fields that are set. */
  each(checks: Readonly<Record<string, (field: FieldView) => void>>): void {
    for (const name in checks) if (this.has(name)) checks[name]?.(this.field(name));
  }

  /** The elements of a list; [] for anything else. */
  items(): FieldView[] {
    const list: readonly unknown[] = Array.isArray(this.value) ? this.value : [];
    return list.map((item, index) => new FieldView(item, this.#sink, this, index));
  }

  /** The entries of a mapping, in the order in which they are written. */
  entries(): [string, FieldView][] {
    if (!isMapping(this.value)) return [];
    return Object.entries(this.value).map(([key, value]) => [
      key,
      new FieldView(value, this.#sink, this, key),
    ]);
  }

  /** Says why the field is wrong; the sentence goes on after the field's name: `must be a port`. */
  refuse(problem: string): void {
    if (!this.isOpen) this.#sink('error', this, problem);
  }

  warn(problem: string): void {
    if (!this.isOpen) this.#sink('warning', this, problem);
  }
}
