import { createHash } from 'node:crypto';

/** What a file of a commit is; `null` takes it away. */
export type FileContent = string | Uint8Array | { readonly symlink: string } | { readonly submodule: string };

export interface TreeEntry {
  readonly name: string;
  readonly mode: '100644' | '100755' | '120000' | '160000' | '040000';
  readonly sha: string;
}

interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
}

interface Leaf {
  readonly mode: TreeEntry['mode'];
  readonly sha: string;
}

interface Folder {
  readonly [name: string]: Leaf | Folder;
}

/** Git objects in memory, with git's real ids. */
export class GitStore {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, readonly TreeEntry[]>();
  readonly commits = new Map<string, Commit>();
  readonly refs = new Map<string, string>();
  readonly #files = new Map<string, ReadonlyMap<string, Leaf>>();
  #count = 0;

  /** Commits these files on top of the branch (or of `parent`), and moves the branch. Gives the commit's id. */
  commit(
    branch: string,
    files: Readonly<Record<string, FileContent | null>>,
    options: { readonly parent?: string | null; readonly replace?: boolean } = {},
  ): string {
    const parent = options.parent === undefined ? this.refs.get(branch) : (options.parent ?? undefined);
    const before = parent === undefined || options.replace ? [] : (this.#files.get(parent) ?? []);
    const all = new Map(before);
    for (const [path, content] of Object.entries(files)) {
      if (content === null) all.delete(path);
      else all.set(path, this.#leaf(content));
    }
    const tree = this.#tree(nested(all));
    const parents = parent === undefined ? [] : [parent];
    this.#count += 1;
    const sha = idOf('commit', Buffer.from(`${tree} ${parents.join(' ')} ${this.#count}`));
    this.commits.set(sha, { sha, tree, parents });
    this.#files.set(sha, all);
    this.refs.set(branch, sha);
    return sha;
  }

  /** The commit a branch name, a full id or `refs/...` means. */
  resolve(ref: string): string | undefined {
    const name = ref.replace(/^refs\/heads\//, '');
    return this.refs.get(name) ?? this.refs.get(ref) ?? (this.commits.has(ref) ? ref : undefined);
  }

  filesOf(commit: string): ReadonlyMap<string, Leaf> {
    return this.#files.get(commit) ?? new Map<string, Leaf>();
  }

  text(sha: string | undefined): string {
    return this.blobs.get(sha ?? '')?.toString('utf8') ?? '';
  }

  mergeBase(a: string, b: string): string | undefined {
    const ancestors = new Set(this.history(a));
    return this.history(b).find((commit) => ancestors.has(commit));
  }

  /** The commit and those before it, nearest first. */
  history(commit: string): string[] {
    const found: string[] = [];
    for (let next: string | undefined = commit; next !== undefined;) {
      found.push(next);
      next = this.commits.get(next)?.parents[0];
    }
    return found;
  }

  #leaf(content: FileContent): Leaf {
    if (typeof content === 'object' && 'submodule' in content)
      return { mode: '160000', sha: content.submodule };
    const link = typeof content === 'object' && 'symlink' in content;
    const bytes = Buffer.from(link ? content.symlink : content);
    const sha = idOf('blob', bytes);
    this.blobs.set(sha, bytes);
    return { mode: link ? '120000' : '100644', sha };
  }

  #tree(folder: Folder): string {
    const entries = Object.entries(folder).map(([name, child]): TreeEntry =>
      isLeaf(child) ? { name, ...child } : { name, mode: '040000', sha: this.#tree(child) },
    );
    const sortKey = ({ name, mode }: TreeEntry): string => (mode === '040000' ? `${name}/` : name);
    entries.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    const bytes = entries.map(({ mode, name, sha }) =>
      Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(sha, 'hex')]),
    );
    const sha = idOf('tree', Buffer.concat(bytes));
    this.trees.set(sha, entries);
    return sha;
  }
}

function isLeaf(child: Leaf | Folder): child is Leaf {
  return typeof child['mode'] === 'string';
}

function nested(files: ReadonlyMap<string, Leaf>): Folder {
  const root: Record<string, Leaf | Folder> = {};
  for (const [path, leaf] of files) {
    const segments = path.split('/');
    const name = segments.pop() ?? '';
    let folder = root;
    for (const segment of segments) folder = (folder[segment] ??= {}) as Record<string, Leaf | Folder>;
    folder[name] = leaf;
  }
  return root;
}

function idOf(type: string, bytes: Uint8Array): string {
  return createHash('sha1').update(`${type} ${bytes.byteLength}\0`).update(bytes).digest('hex');
}
