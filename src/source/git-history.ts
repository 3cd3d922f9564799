import { chooseBase } from './git-base.ts';
import { gitFailed, printable, runGit, runGitOrFail } from './git-command.ts';
import { SourceError } from './snapshot.ts';

/** The commits of a repository: what refs mean, and how commits relate. */
export class GitHistory {
  /** Top of the work tree; the repository itself when it is bare. */
  readonly root: string;
  readonly bare: boolean;

  constructor(root: string, bare: boolean) {
    this.root = root;
    this.bare = bare;
  }

  /**
   * The full commit id that `ref` means: a branch, a tag (annotated or not), a short id, `HEAD~1`.
   * @throws SourceError `unknown-ref`.
   */
  async resolve(ref: string): Promise<string> {
    const id = await this.find(ref);
    if (id !== undefined) return id;
    const shown = printable(ref);
    if (!(await this.#hasCommits())) {
      throw new SourceError('unknown-ref', `${shown} names nothing: the repository has no commits yet.`);
    }
    const advice = (await this.isShallow())
      ? 'The clone is shallow: fetch the rest with `git fetch --unshallow`, or check out with `fetch-depth: 0`.'
      : 'Name a branch, a tag or a commit of this repository; `git fetch` may be needed first.';
    throw new SourceError('unknown-ref', `${shown} is not a commit of this repository.`, advice);
  }

  /** As resolve, with `undefined` for a ref that names no commit. */
  async find(ref: string): Promise<string | undefined> {
    // A leading dash would be an option; no branch, tag or expression starts with one.
    if (ref === '' || ref.startsWith('-') || /[\0\n]/.test(ref)) return undefined;
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    const { code, stdout } = await runGit(this.root, args);
    const id = stdout.toString('latin1').trim();
    return code === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
  }

  /**
   * The best common ancestor of two refs; `undefined` when their histories share none.
   * @throws SourceError `unknown-ref`.
   */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const [first, second] = [await this.resolve(a), await this.resolve(b)];
    const { code, stdout, stderr } = await runGit(this.root, ['merge-base', first, second]);
    if (code > 1) throw gitFailed('merge-base', stderr);
    return code === 0 ? stdout.toString('latin1').trim() : undefined;
  }

  /**
   * The branch that changes are merged into, as a ref `resolve` understands: what the remote calls its HEAD, else
   * the configured name, `main` or `master` (of the remote before local), else the only branch there is.
   */
  async defaultBranch(): Promise<string | undefined> {
    const head = await this.#line('symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD');
    const configured = await this.#line('config', '--get', 'init.defaultBranch');
    const names = [configured, 'main', 'master'].filter((name) => name !== undefined);
    const own = this.bare ? await this.#line('symbolic-ref', '--quiet', 'HEAD') : undefined;
    const candidates = [
      head,
      ...names.map((name) => `refs/remotes/origin/${name}`),
      own,
      ...names.map((name) => `refs/heads/${name}`),
    ];
    for (const ref of candidates) if (ref !== undefined && (await this.find(ref))) return ref;
    const branches = await this.#line('for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes');
    return branches !== undefined && !branches.includes('\n') ? branches : undefined;
  }

  /**
   * What to compare `head` with when nobody says: the merge base with the default branch; for what is already in the
   * default branch its first parent; `undefined` for a first commit.
   * @param head a ref, or `undefined` for the working tree, whose base may be HEAD itself.
   * @returns a full commit id.
   * @throws SourceError `missing-base` when the clone does not reach back far enough, or no default branch is known.
   */
  defaultBase(head: string | undefined): Promise<string | undefined> {
    return chooseBase(this, head);
  }

  /** Ids of the parents that a commit names, whether or not this clone has them. */
  async parents(commit: string): Promise<string[]> {
    const text = (await runGitOrFail(this.root, ['cat-file', 'commit', commit])).toString('latin1');
    const header = text.slice(0, Math.max(text.indexOf('\n\n'), 0));
    return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = '']) => id);
  }

  async isShallow(): Promise<boolean> {
    return (await this.#line('rev-parse', '--is-shallow-repository')) === 'true';
  }

  async #hasCommits(): Promise<boolean> {
    return (await this.#line('rev-list', '--all', '--max-count=1')) !== undefined;
  }

  /** What git prints, or `undefined` when it prints nothing or refuses. */
  async #line(...args: string[]): Promise<string | undefined> {
    const { code, stdout } = await runGit(this.root, args);
    const text = stdout.toString('utf8').trim();
    return code === 0 && text !== '' ? text : undefined;
  }
}
