import type { RepositoryName } from '../github/client.ts';

/**
 * What a check run is about, in its `external_id`: GitHub sends the events of a fork's check run without the pull request.
 * Read back from events, so it is as untrusted as they are.
 */
export type CheckAbout =
  | { readonly pull: number; readonly headSha: string }
  | { readonly baseSha: string; readonly headSha: string };

/** `acme/mesh#7@<head>` for a pull request, `acme/mesh@<base>...<head>` for a merge group. */
export function externalId({ owner, repo }: RepositoryName, about: CheckAbout): string {
  const commits =
    'pull' in about ? `#${about.pull}@${about.headSha}` : `@${about.baseSha}...${about.headSha}`;
  return `${owner}/${repo}${commits}`;
}

const SHA = '[0-9a-f]{40}|[0-9a-f]{64}';
const PULL = new RegExp(`^#([1-9][0-9]{0,9})@(${SHA})$`);
const GROUP = new RegExp(`^@(${SHA})\\.\\.\\.(${SHA})$`);

/** What an external id says, when it is one of ours and of this repository. */
export function readExternalId({ owner, repo }: RepositoryName, id: string): CheckAbout | undefined {
  const prefix = `${owner}/${repo}`;
  if (!id.toLowerCase().startsWith(prefix.toLowerCase())) return undefined;
  const rest = id.slice(prefix.length);
  const [, number, headSha] = PULL.exec(rest) ?? [];
  if (number !== undefined && headSha !== undefined) return { pull: Number(number), headSha };
  const [, baseSha, groupHead] = GROUP.exec(rest) ?? [];
  return baseSha !== undefined && groupHead !== undefined ? { baseSha, headSha: groupHead } : undefined;
}
