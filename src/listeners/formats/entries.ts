import type { FileFormat } from '../../facts/bind-program.ts';
import { directivesEntries } from './directives.ts';
import type { Entry } from './entry.ts';
import { iniEntries, propertiesEntries } from './properties.ts';
import { sitesEntries } from './sites.ts';
import { xmlEntries } from './xml.ts';
import { yamlEntries } from './yaml.ts';

/** How each format is taken apart. All are linear in the text, bounded in entries and depth, and never throw. */
const READERS: Readonly<Record<FileFormat, (text: string) => Entry[]>> = {
  properties: propertiesEntries,
  ini: iniEntries,
  yaml: yamlEntries,
  directives: directivesEntries,
  sites: sitesEntries,
  xml: xmlEntries,
};

/** Longest text that is read at all. A ConfigMap can hold a mebibyte, and an address stands in no file of that size. */
const LONGEST_TEXT = 300_000;

export function entriesOf(text: string, format: FileFormat): Entry[] {
  return text.length > LONGEST_TEXT ? [] : READERS[format](text);
}
