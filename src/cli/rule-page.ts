import { readFile } from 'node:fs/promises';
import { rulePageName } from '../rules/page-name.ts';

/** The text of a rule's page as Markdown; undefined where it is not at hand. */
export type ReadRulePage = (rule: string) => Promise<string | undefined>;

/**
 * Reads the pages of rules for people: without the comments for those who edit them, and of a hazard, which shares its page with
 * the others of a release, its own section. Links to other pages become their text, since nothing says where those are.
 * @param folder the folder `docs/rules/` of the installation.
 */
export function rulePagesIn(folder: URL): ReadRulePage {
  return async (rule) => {
    // The rule is one of ours, so its page is a safe path.
    const [file = '', section] = rulePageName(rule).split('#');
    const page = await readFile(new URL(file, folder), 'utf8').catch(() => undefined);
    if (page === undefined) return undefined;
    const text = page.replace(/^<!--.*-->\n+/gm, '').replace(/\[([^\][]+)\]\((?!https?:)[^)\s]+\)/g, '$1');
    return section === undefined ? text : sectionOf(text, section);
  };
}

/** From a heading of the second level to the next one. */
function sectionOf(page: string, name: string): string | undefined {
  const sections = page.split(/^(?=## )/m);
  return sections
    .find((text) => text.startsWith(`## ${name}\n`))
    ?.trimEnd()
    .concat('\n');
}

/** The pages of some rules, read at once. */
export async function readRulePages(
  rules: Iterable<string>,
  read: ReadRulePage,
): Promise<ReadonlyMap<string, string>> {
  const pages = await Promise.all([...new Set(rules)].map(async (rule) => [rule, await read(rule)] as const));
  return new Map(pages.flatMap(([rule, text]) => (text === undefined ? [] : [[rule, text]])));
}
