import { uriPath } from '../report/escape.ts';
import type { LinkTo } from '../report/markdown-entries.ts';

/**
 * Links to lines as they are at the two commits of a review, in the web view of github.com or of an Enterprise Server.
 * @param repositoryUrl the repository's page, such as `https://github.com/acme/mesh`; anything but http(s) links nothing.
 */
export function permalinks(
  repositoryUrl: string,
  commits: { readonly base: string | undefined; readonly head: string },
): LinkTo {
  const root = safeRoot(repositoryUrl);
  return ({ file, line, endLine }, side) => {
    const sha = commits[side];
    if (root === undefined || sha === undefined) return undefined;
    const lines = endLine > line ? `#L${line}-L${endLine}` : `#L${line}`;
    return `${root}/blob/${encodeURIComponent(sha)}/${uriPath(file)}${lines}`;
  };
}

/** What stands in a Markdown link as it is: a URL whose every special character is encoded. */
function safeRoot(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return `${origin}${pathname.replace(/\/+$/, '').replaceAll('(', '%28').replaceAll(')', '%29')}`;
}
