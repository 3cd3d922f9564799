import type { ParsedFile } from '../yaml/document.ts';
import { parseFile } from '../yaml/parse.ts';

const encoder = new TextEncoder();

/** YAML that stands inside other YAML, or in a file that is not read as a manifest. */
export function parseText(text: string): ParsedFile {
  return parseFile(encoder.encode(text), { json: false });
}
