import type { FileFormat } from '../../facts/bind-program.ts';
import { directivesEntries } from './directives.ts';
import type { Entry } from './entry.ts';
import { iniEntries, propertiesEntries } from './properties.ts';
import { xmlEntries } from './xml.ts';
import { yamlEntries } from './yaml.ts';

/** How each format is taken apart. All are linear in the text, bounded in entries and depth, and never throw. */
const READERS: Readonly<Record<FileFormat, (text: string) => Entry[]>> = {
  properties: propertiesEntries,
  ini: iniEntries,
  yaml: yamlEntries,
  directives: directivesEntries,
  xml: xmlEntries,
};

/** Longest text that is read at all: what a ConfigMap can hold. */
const LONGEST_TEXT = 1_048_576;

export function entriesOf(text: string, format: FileFormat): Entry[] {
  return text.length > LONGEST_TEXT ? [] : READERS[format](text);
}
