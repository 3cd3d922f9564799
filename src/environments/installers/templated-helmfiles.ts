import type { Repository, RepositoryFile } from '../../render/repository.ts';
import { parseText } from '../../yaml/parse.ts';
import type { Document } from '../../yaml/document.ts';
import { asList, asText, fieldAt } from '../../untyped.ts';
import { isHelmfile } from '../helmfile.ts';
import { parentOf, resolvePath } from '../repository-path.ts';

/**
 * The helmfiles of a repository. Those that are templates (`helmfile.yaml.gotmpl`, or any that is no YAML for its actions) are
 * read with their actions taken out: what stands in the text is known, what an action gives is a placeholder.
 */
export async function readHelmfiles(repository: Repository): Promise<RepositoryFile[]> {
  const plain = [...repository.files.values()].filter(({ path }) => isHelmfile(path));
  const isTemplated = ({ parsed }: RepositoryFile): boolean =>
    parsed.problems.some(({ kind }) => kind === 'template' || kind === 'syntax');
  const named = repository.snapshot
    .list()
    .filter(
      ({ path, kind }) =>
        kind === 'file' && path.endsWith('.gotmpl') && isHelmfile(path.slice(0, -'.gotmpl'.length)),
    );
  const wanted = [...plain.filter(isTemplated), ...named];
  const read = await Promise.all(
    wanted.map(async ({ path, blob }) => masked(path, blob, await repository.text(path))),
  );
  return [...plain.filter((file) => !isTemplated(file)), ...read.flat()];
}

/** Values files that are templates (`values/istiod.yaml.gotmpl`), as documents with their actions in place, by path. */
export type TemplatedValues = ReadonlyMap<string, Document>;

/**
 * The templated values files that these helmfiles name. One with blocks (`if`, `range`, ...) is left out: which of its lines are
 * there is not known.
 */
export async function readTemplatedValues(
  repository: Repository,
  helmfiles: readonly RepositoryFile[],
): Promise<TemplatedValues> {
  const paths = new Set(helmfiles.flatMap(templatesNamedIn).filter((path) => repository.has(path)));
  const read = await Promise.all(
    [...paths].map(async (path): Promise<[string, Document][]> => {
      const text = (await repository.text(path)) ?? '';
      const document = BLOCK.test(text) ? undefined : parseText(withoutActions(text)).documents[0];
      return document ? [[path, document]] : [];
    }),
  );
  return new Map(read.flat());
}

const BLOCK = /\{\{-?\s*(?:if|else|range|with|define|block|template|end)\b/;

function templatesNamedIn({ path: helmfile, parsed }: RepositoryFile): string[] {
  return parsed.documents
    .flatMap(({ value }) => asList(fieldAt(value, 'releases')))
    .flatMap((release) => asList(fieldAt(release, 'values')))
    .map(asText)
    .filter((path) => path.endsWith('.gotmpl') && !path.includes('{{'))
    .flatMap((path) => resolvePath(parentOf(helmfile), path) ?? []);
}

function masked(path: string, blob: string, text: string | undefined): RepositoryFile[] {
  if (text === undefined) return [];
  return [{ path, blob, parsed: parseText(withoutActions(text)), resources: [] }];
}

const ACTION = /\{\{[^{}]*\}\}/g;

/** The text with every line where it was. A value that is one action keeps it, quoted, since environments may fill it in. */
export function withoutActions(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (!line.includes('{{')) return line;
      if (line.replace(ACTION, '').trim() === '') return '';
      const [, head, action] = /^(\s*(?:- )?[\w.-]+: +|\s*- +)(\{\{[^{}]*\}\})\s*$/.exec(line) ?? [];
      if (head !== undefined && action !== undefined) return `${head}'${action.replaceAll("'", "''")}'`;
      return line.replace(ACTION, '__TEMPLATE__');
    })
    .join('\n');
}
