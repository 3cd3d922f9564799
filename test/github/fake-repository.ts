import type { Identity } from './protocol.ts';
import { GitStore, type FileContent } from './git-store.ts';
import { patchOf } from './patch.ts';

export interface FakeComment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly author: Identity;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: string[];
}

export interface FakePull {
  readonly number: number;
  base: string;
  headSha: string;
  readonly headBranch: string;
  /** The fork the head lives in; undefined when it is a branch of this repository. null: the fork was deleted. */
  readonly fork: { readonly owner: string; readonly repo: string; readonly id: number } | undefined | null;
  state: 'open' | 'closed';
  draft: boolean;
}

export interface FakeReview {
  readonly id: number;
  readonly pull: number;
  readonly author: Identity;
  readonly commit: string;
  readonly body: string;
  readonly comments: readonly Readonly<Record<string, unknown>>[];
}

export interface ChangedFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly sha: string | null;
  readonly additions: number;
  readonly deletions: number;
  readonly changes: number;
  readonly patch?: string;
}

export type FakeCheck = Record<string, unknown> & { readonly id: number; readonly annotations: unknown[] };

/** One repository of the fake: git objects, pull requests, and what was published. */
export class FakeRepository {
  readonly owner: string;
  readonly repo: string;
  readonly id: number;
  readonly git = new GitStore();
  defaultBranch = 'main';
  readonly pulls = new Map<number, FakePull>();
  readonly comments: FakeComment[] = [];
  readonly checks: FakeCheck[] = [];
  readonly reviews: FakeReview[] = [];
  /** What `login` may do here, by login: `admin`, `write`, `read`, `none`. */
  readonly collaborators = new Map<string, string>();
  /** Paths whose change is listed without a patch, as GitHub does with large ones. */
  readonly withoutPatch = new Set<string>();
  #ids = 1000;

  constructor(owner: string, repo: string, id: number) {
    this.owner = owner;
    this.repo = repo;
    this.id = id;
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  /** Commits files to a branch and gives the commit's id. */
  commit(
    branch: string,
    files: Readonly<Record<string, FileContent | null>>,
    parent?: string | null,
  ): string {
    return this.git.commit(branch, files, parent === undefined ? {} : { parent });
  }

  /** Opens a pull request whose head starts at `base` and changes these files. */
  pull(
    number: number,
    files: Readonly<Record<string, FileContent | null>>,
    options: { readonly fork?: FakePull['fork']; readonly base?: string } = {},
  ): FakePull {
    const { fork, base = this.defaultBranch } = options;
    const headSha = this.commit(`pull-${number}`, files, this.git.resolve(base) ?? null);
    const pull: FakePull = {
      ...{ number, base, headSha, headBranch: `pull-${number}`, fork, state: 'open', draft: false },
    };
    this.pulls.set(number, pull);
    return pull;
  }

  /** Pushes another commit to a pull request. With `force` it replaces the one before. */
  push(number: number, files: Readonly<Record<string, FileContent | null>>, force = false): string {
    const pull = this.pulls.get(number)!;
    const parent = force ? (this.git.commits.get(pull.headSha)?.parents[0] ?? null) : pull.headSha;
    pull.headSha = this.commit(pull.headBranch, files, parent);
    return pull.headSha;
  }

  comment(issue: number, body: string, author: Identity): FakeComment {
    const at = '2026-01-01T00:00:00Z';
    const comment = { id: this.nextId(), issue, body, author, createdAt: at, updatedAt: at, reactions: [] };
    this.comments.push(comment);
    return comment;
  }

  /** What a comparison and a pull request list: by path, moved files recognised when their content is the same. */
  changes(from: string, to: string): ChangedFile[] {
    const before = this.git.filesOf(from);
    const after = this.git.filesOf(to);
    const gone = [...before].filter(([path]) => !after.has(path));
    const files: ChangedFile[] = [];
    const moved = new Set<string>();
    for (const [path, { sha }] of after) {
      const old = before.get(path);
      if (old?.sha === sha) continue;
      const source = old ? undefined : gone.find(([name, leaf]) => leaf.sha === sha && !moved.has(name));
      if (source) moved.add(source[0]);
      const status = old ? 'modified' : source ? 'renamed' : 'added';
      files.push(this.#changed(path, status, sha, source ? sha : old?.sha, source?.[0]));
    }
    for (const [path, { sha }] of gone) {
      if (!moved.has(path)) files.push(this.#changed(path, 'removed', undefined, sha, undefined));
    }
    return files.sort((a, b) => (a.filename < b.filename ? -1 : 1));
  }

  #changed(
    filename: string,
    status: ChangedFile['status'],
    sha: string | undefined,
    oldSha: string | undefined,
    previous: string | undefined,
  ): ChangedFile {
    const patch = patchOf(this.git.text(oldSha), this.git.text(sha));
    const count = (mark: string) => patch.split('\n').filter((line) => line.startsWith(mark)).length;
    const [additions, deletions] = [count('+'), count('-')];
    return {
      ...{
        filename,
        status,
        sha: sha ?? oldSha ?? null,
        additions,
        deletions,
        changes: additions + deletions,
      },
      ...(previous !== undefined && { previous_filename: previous }),
      ...(patch !== '' && !this.withoutPatch.has(filename) && { patch }),
    };
  }
}
