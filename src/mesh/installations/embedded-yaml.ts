import type { Location, Path } from '../../vocabulary.ts';
import { parseFile } from '../../yaml/parse.ts';
import { isMapping } from '../../untyped.ts';
import type { ValuesLayer } from './installation.ts';

/**
 * A YAML mapping written as text inside another document (`data.mesh` of a ConfigMap, `helm.values` of an Application).
 * `undefined` when the text is no mapping: a template, or broken. `block` is where the text stands.
 */
export function embeddedYaml(text: string, block: Location): ValuesLayer | undefined {
  const document = parseFile(new TextEncoder().encode(text), { json: false }).documents[0];
  if (!document || !isMapping(document.value)) return undefined;
  const lines = text.replace(/\n$/, '').split('\n').length;
  const first = firstLine(block, lines);
  return {
    values: document.value,
    at(path: Path): Location {
      if (first === undefined) return block;
      const { line, column, endLine } = document.locate(path);
      return { file: block.file, line: first + line - 1, column, endLine: first + endLine - 1 };
    },
  };
}

/** The file's line of the text's first one; `undefined` when lines do not correspond (folded or quoted text, a patch). */
function firstLine(block: Location, lines: number): number | undefined {
  const spanned = block.endLine - block.line + 1;
  if (spanned === lines) return block.line;
  return spanned === lines + 1 ? block.line + 1 : undefined;
}
