import type { Repository, RepositoryFile } from '../../render/repository.ts';
import { parseText } from '../../yaml/parse.ts';
import { isHelmfile } from '../helmfile.ts';

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
