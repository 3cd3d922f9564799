import { sample } from '../sample.ts';
import { tarballOf } from '../tarball.ts';
import { json, notFound, type Answer, type Route, type RouteContext } from '../protocol.ts';
import type { TreeEntry } from '../git-store.ts';

export const GIT_ROUTES: Readonly<Record<string, Route>> = {
  'git/get-tree': (context) => {
    const { git } = context.repository;
    const name = context.params['tree_sha'] ?? '';
    const commit = git.resolve(name);
    const sha = commit === undefined ? name : (git.commits.get(commit)?.tree ?? '');
    if (!git.trees.has(sha)) return notFound();
    const recursive = context.query.has('recursive');
    const all = entriesOf(context, sha, '', recursive);
    const truncated = recursive && all.length > context.fake.treeLimit;
    const tree = truncated ? all.slice(0, context.fake.treeLimit) : all;
    return json(200, { sha, url: 'https://api.github.com/', truncated, tree });
  },
  'git/get-blob': ({ repository, params }) => {
    const bytes = repository.git.blobs.get(params['file_sha'] ?? '');
    if (!bytes) return notFound();
    const sha = params['file_sha'];
    const content = bytes.toString('base64').replace(/.{60}/g, '$&\n');
    return json(200, sample('blob', { sha, size: bytes.length, encoding: 'base64', content }));
  },
  'repos/compare-commits': compare,
  'repos/get-commit': ({ repository, params }) => {
    const sha = repository.git.resolve(params['ref'] ?? '');
    return sha === undefined
      ? notFound()
      : json(200, commitOf(sha, repository.git.commits.get(sha)?.parents ?? []));
  },
  'repos/get-content': ({ repository, params, query }) => {
    const sha = repository.git.resolve(query.get('ref') ?? repository.defaultBranch);
    const path = params['path'] ?? '';
    const leaf = sha === undefined ? undefined : repository.git.filesOf(sha).get(path);
    if (!leaf) return notFound();
    const bytes = repository.git.blobs.get(leaf.sha) ?? Buffer.alloc(0);
    const name = path.split('/').pop();
    const content = bytes.toString('base64');
    return json(
      200,
      sample('content-file', {
        type: 'file',
        encoding: 'base64',
        size: bytes.length,
        name,
        path,
        content,
        sha: leaf.sha,
      }),
    );
  },
  'repos/download-tarball-archive': ({ fake, repository, params }) => {
    const sha = repository.git.resolve(params['ref'] ?? '');
    if (sha === undefined) return notFound();
    return {
      status: 302,
      headers: { location: `${fake.url}/_codeload/${repository.owner}/${repository.repo}/${sha}` },
    };
  },
  codeload: ({ fake, path }) => {
    const [, , owner = '', repo = '', sha = ''] = path.split('/');
    const repository = fake.find(owner, repo);
    if (!repository) return notFound();
    const body = tarballOf(repository, sha, fake.tarballOptions);
    return { status: 200, headers: { 'content-type': 'application/x-gzip' }, body };
  },
  'repos/get': ({ repository }) => {
    const { owner, repo: name, id, defaultBranch: default_branch } = repository;
    return json(200, sample('full-repository', { name, id, full_name: `${owner}/${name}`, default_branch }));
  },
};

function compare(context: RouteContext): Answer {
  const { repository, params } = context;
  const { git } = repository;
  const base = git.resolve((params['base'] ?? '').replace(/^.*:/, ''));
  const head = git.resolve((params['head'] ?? '').replace(/^.*:/, ''));
  if (base === undefined || head === undefined) return notFound();
  const mergeBase = git.mergeBase(base, head);
  if (mergeBase === undefined)
    return json(404, { message: `No common ancestor between ${base} and ${head}.` });
  const commits = git
    .history(head)
    .filter((sha) => !git.history(base).includes(sha))
    .reverse();
  const first = (context.query.get('page') ?? '1') === '1';
  const files = first ? repository.changes(mergeBase, head).slice(0, 300) : [];
  const of = (sha: string) => commitOf(sha, git.commits.get(sha)?.parents ?? []);
  return json(
    200,
    sample('commit-comparison', {
      ...{ base_commit: of(base), merge_base_commit: of(mergeBase), files: files.map(diffEntry) },
      ...{ commits: commits.slice(0, Number(context.query.get('per_page') ?? 250)).map(of) },
      ...{ status: 'ahead', total_commits: commits.length },
    }),
  );
}

export function diffEntry(file: object): Record<string, unknown> {
  return sample('diff-entry', { ...file });
}

export function commitOf(sha: string, parents: readonly string[]): Record<string, unknown> {
  const parent = (each: string) => ({ sha: each, url: 'https://api.github.com/' });
  return sample('commit', { sha, parents: parents.map(parent) });
}

function entriesOf(
  context: RouteContext,
  sha: string,
  prefix: string,
  recursive: boolean,
): Record<string, unknown>[] {
  const { git } = context.repository;
  return (git.trees.get(sha) ?? []).flatMap((entry) => {
    const here = treeEntry(context, entry, `${prefix}${entry.name}`);
    if (entry.mode !== '040000' || !recursive) return [here];
    return [here, ...entriesOf(context, entry.sha, `${prefix}${entry.name}/`, true)];
  });
}

function treeEntry(
  { repository }: RouteContext,
  { mode, sha }: TreeEntry,
  path: string,
): Record<string, unknown> {
  const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
  const size = repository.git.blobs.get(sha)?.length;
  return { path, mode, type, sha, ...(type === 'blob' && { size }), url: 'https://api.github.com/' };
}
