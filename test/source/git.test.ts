import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { GitRepository, openGitSnapshot } from '../../src/source/git.ts';
import { runGit } from '../../src/source/git-command.ts';
import { LIMITS } from '../../src/source/limits.ts';
import type { Snapshot } from '../../src/source/snapshot.ts';
import {
  commit,
  emptyRepository,
  git,
  removeTemporary,
  temporaryDirectory,
  writeFiles,
} from './temporary-repository.ts';
import { asyncCostOf } from '../cost.ts';

afterAll(removeTemporary);

const text = async (snapshot: Snapshot, path: string): Promise<string> =>
  Buffer.from(await snapshot.read(path)).toString('utf8');
const paths = (snapshot: Snapshot): string[] => snapshot.list().map(({ path }) => path);

async function withRepository<T>(root: string, use: (repository: GitRepository) => Promise<T>): Promise<T> {
  const repository = await GitRepository.open(root);
  try {
    return await use(repository);
  } finally {
    await repository.close();
  }
}

describe('finding the repository', () => {
  test('a directory without git', async () => {
    const nowhere = temporaryDirectory();
    await expect(GitRepository.open(nowhere)).rejects.toMatchObject({ code: 'not-a-repository' });
  });

  test('a directory that does not exist', async () => {
    const gone = join(temporaryDirectory(), 'gone');
    await expect(GitRepository.open(gone)).rejects.toMatchObject({ code: 'missing-path' });
  });

  test('any directory inside a clone stands for the whole clone', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1', 'deep/er/b.yaml': 'b: 1' });
    await withRepository(join(root, 'deep/er'), async (repository) => {
      expect(repository.root).toBe(root);
      expect(paths(await repository.snapshot('HEAD'))).toEqual(['a.yaml', 'deep/er/b.yaml']);
    });
  });

  test('a bare repository', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    const bare = join(temporaryDirectory(), 'bare.git');
    git(root, 'clone', '--quiet', '--bare', root, bare);
    await withRepository(bare, async (repository) => {
      expect(repository.bare).toBe(true);
      expect(await text(await repository.snapshot('main'), 'a.yaml')).toBe('a: 1');
      expect(await repository.defaultBranch()).toBe('refs/heads/main');
      await expect(repository.worktree()).rejects.toMatchObject({ code: 'not-a-repository' });
    });
  });

  test('a linked worktree reads its own HEAD', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    const linked = join(temporaryDirectory(), 'linked');
    git(root, 'worktree', 'add', '--quiet', '-b', 'other', linked);
    commit(linked, { 'b.yaml': 'b: 1' });
    await withRepository(linked, async (repository) => {
      expect(repository.root).toBe(linked);
      expect(paths(await repository.snapshot('HEAD'))).toEqual(['a.yaml', 'b.yaml']);
      expect(paths(await repository.worktree())).toEqual(['a.yaml', 'b.yaml']);
    });
  });

  test('the variables of a hook do not lead to another repository', async () => {
    const other = emptyRepository();
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    process.env['GIT_DIR'] = join(other, '.git');
    try {
      await withRepository(root, async (repository) => {
        expect(repository.root).toBe(root);
        expect(paths(await repository.snapshot('HEAD'))).toEqual(['a.yaml']);
      });
    } finally {
      delete process.env['GIT_DIR'];
    }
  });
});

describe('refs', () => {
  test('branches, tags of both kinds, short ids and ancestors', async () => {
    const root = emptyRepository();
    const first = commit(root, { 'a.yaml': 'a: 1' });
    const second = commit(root, { 'a.yaml': 'a: 2' });
    git(root, 'tag', 'light', first);
    git(root, 'tag', '--annotate', '--message', 'x', 'heavy', first);
    await withRepository(root, async (repository) => {
      for (const ref of ['light', 'heavy', first, first.slice(0, 8), 'HEAD~1', 'main^']) {
        expect(await repository.resolve(ref)).toBe(first);
      }
      expect(await repository.resolve('main')).toBe(second);
    });
  });

  test.each(['nope', '', '-x', '--all', '--output=pwned', 'HEAD\nHEAD', 'HEAD:a.yaml', '\u001b[31mred'])(
    'no such ref: %j',
    async (ref) => {
      const root = emptyRepository();
      commit(root, { 'a.yaml': 'a: 1' });
      await withRepository(root, async (repository) => {
        const failure: unknown = await repository.snapshot(ref).catch((error: unknown) => error);
        expect(failure).toMatchObject({ code: 'unknown-ref' });
        expect((failure as Error).message).not.toContain('\u001b');
      });
      expect(readdirSync(root).sort()).toEqual(['.git', 'a.yaml']);
    },
  );

  test('a repository without commits', async () => {
    await withRepository(emptyRepository(), async (repository) => {
      await expect(repository.snapshot('HEAD')).rejects.toMatchObject({
        code: 'unknown-ref',
        message: 'HEAD names nothing: the repository has no commits yet.',
      });
      expect(await repository.defaultBranch()).toBeUndefined();
      expect(await repository.defaultBase(undefined)).toBeUndefined();
      expect(paths(await repository.worktree())).toEqual([]);
    });
  });

  test('a snapshot is named as a person names it', async () => {
    const root = emptyRepository();
    const id = commit(root, { 'a.yaml': 'a: 1' });
    await withRepository(root, async (repository) => {
      expect((await repository.snapshot('main')).ref).toBe('main');
      expect((await repository.snapshot(id)).ref).toBe(id.slice(0, 10));
    });
  });
});

describe('what a snapshot holds', () => {
  test('strange names', async () => {
    const root = emptyRepository();
    const names = [
      ' lead.yaml',
      'new\nline.yaml',
      'q"uo\'te.yaml',
      'tab\there.yaml',
      'ünï/日本.yaml',
      '-dash.yaml',
    ];
    commit(root, Object.fromEntries(names.map((name) => [name, `name: ${JSON.stringify(name)}`])));
    const snapshot = await openGitSnapshot(root, 'HEAD');
    expect(paths(snapshot)).toEqual([...names].sort());
    for (const name of names) expect(await text(snapshot, name)).toBe(`name: ${JSON.stringify(name)}`);
    await snapshot.close();
  });

  test('empty files, binary files, and every size around the pipe', async () => {
    const root = emptyRepository();
    const sizes = [0, 1, 4095, 65535, 65536, 65537, 1_000_003];
    for (const size of sizes) writeFileSync(join(root, `${size}.bin`), Buffer.alloc(size, size % 251));
    commit(root);
    const snapshot = await openGitSnapshot(root, 'HEAD');
    const contents = await Promise.all(sizes.map((size) => snapshot.read(`${size}.bin`)));
    contents.forEach((content, i) => {
      const size = sizes[i] ?? -1;
      expect(Buffer.from(content).equals(Buffer.alloc(size, size % 251))).toBe(true);
    });
    await snapshot.close();
  });

  test('a renamed file keeps its content id; a deleted directory is gone', async () => {
    const root = emptyRepository();
    const before = commit(root, { 'old.yaml': 'x: 1', 'dir/a.yaml': 'a: 1', 'dir/b.yaml': 'b: 1' });
    git(root, 'mv', 'old.yaml', 'new.yaml');
    rmSync(join(root, 'dir'), { recursive: true });
    const after = commit(root);
    await withRepository(root, async (repository) => {
      const base = await repository.snapshot(before);
      const head = await repository.snapshot(after);
      expect(paths(head)).toEqual(['new.yaml']);
      expect(head.list()[0]?.blob).toBe(base.list().find(({ path }) => path === 'old.yaml')?.blob);
    });
  });

  test('a symlink out of the tree is listed and not read', async () => {
    const root = emptyRepository();
    const outside = temporaryDirectory();
    writeFiles(outside, { 'secret.yaml': 'password: 1' });
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'link.yaml'));
    symlinkSync('/etc', join(root, 'somewhere'));
    symlinkSync('values.yaml', join(root, 'values'));
    commit(root, { 'a.yaml': 'a: 1' });
    await withRepository(root, async (repository) => {
      for (const snapshot of [await repository.snapshot('HEAD'), await repository.worktree()]) {
        expect(snapshot.list().map(({ path, kind }) => `${path} ${kind}`)).toEqual([
          'a.yaml file',
          'link.yaml symlink',
          'somewhere symlink',
          'values symlink',
        ]);
        expect(snapshot.omitted.map(({ path }) => path)).toEqual(['link.yaml', 'values']);
        await expect(snapshot.read('link.yaml')).rejects.toMatchObject({ code: 'unreadable' });
      }
    });
  });

  test('a submodule is an omission', async () => {
    const inner = emptyRepository();
    commit(inner, { 'in.yaml': 'a: 1' });
    const root = emptyRepository();
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'modules/inner');
    commit(root, { 'a.yaml': 'a: 1' });
    await withRepository(root, async (repository) => {
      for (const snapshot of [await repository.snapshot('HEAD'), await repository.worktree()]) {
        expect(paths(snapshot)).toEqual(['.gitmodules', 'a.yaml', 'modules/inner']);
        expect(snapshot.list()[2]?.kind).toBe('submodule');
        expect(snapshot.omitted.map(({ path }) => path)).toEqual(['modules/inner']);
      }
    });
  });

  test('a file beyond the limit is omitted, and its neighbours are read', async () => {
    const root = emptyRepository();
    commit(root, { 'big.yaml': 'x'.repeat(2000), 'small.yaml': 'a: 1' });
    const snapshot = await openGitSnapshot(root, 'HEAD', { ...LIMITS, maxFileBytes: 1000 });
    expect(snapshot.omitted).toEqual([{ path: 'big.yaml', why: 'larger than 1000 bytes' }]);
    await expect(snapshot.read('big.yaml')).rejects.toMatchObject({ code: 'unreadable' });
    expect(await text(snapshot, 'small.yaml')).toBe('a: 1');
    await snapshot.close();
  });

  test('a tree made by hand cannot name paths outside', async () => {
    const root = emptyRepository();
    const blob = git(root, 'rev-parse', commit(root, { 'a.yaml': 'a: 1' }) + ':a.yaml');
    const entry = Buffer.concat([Buffer.from('100644 evil.yaml\0'), Buffer.from(blob, 'hex')]);
    const hash = (type: string, input: Buffer): string =>
      execFileSync('git', ['-C', root, 'hash-object', '-t', type, '-w', '--stdin', '--literally'], { input })
        .toString()
        .trim();
    const inner = hash('tree', entry);
    const outer = hash(
      'tree',
      Buffer.concat([
        Buffer.from('40000 ..\0'),
        Buffer.from(inner, 'hex'),
        Buffer.from('40000 __proto__\0'),
        Buffer.from(inner, 'hex'),
      ]),
    );
    const id = git(root, 'commit-tree', '-m', 'x', outer);
    const snapshot = await openGitSnapshot(root, id);
    expect(paths(snapshot)).toEqual(['__proto__/evil.yaml']);
    expect(snapshot.omitted.map(({ path }) => path)).toEqual(['../evil.yaml']);
    expect(await text(snapshot, '__proto__/evil.yaml')).toBe('a: 1');
    await snapshot.close();
  });

  test('10,000 files are listed and read in seconds', async () => {
    const root = emptyRepository();
    const files = Array.from({ length: 10_000 }, (_, i) => [`d${i % 100}/f${i}.yaml`, `n: ${i}\n`]);
    commit(root, Object.fromEntries(files) as Record<string, string>);
    const cost = await asyncCostOf(async () => {
      const snapshot = await openGitSnapshot(root, 'HEAD');
      const contents = await Promise.all(snapshot.list().map(({ path }) => text(snapshot, path)));
      expect(new Set(contents).size).toBe(10_000);
      await snapshot.close();
    });
    expect(cost).toBeLessThan(200);
  });
});

describe('broken and hostile repositories', () => {
  test('a corrupt object fails alone, even when git dies of it', async () => {
    const root = emptyRepository();
    const names = Array.from({ length: 300 }, (_, i) => `${i}.yaml`);
    commit(root, Object.fromEntries(names.map((name) => [name, `name: ${name}`])));
    const object = git(root, 'rev-parse', 'HEAD:150.yaml');
    const file = join(root, '.git/objects', object.slice(0, 2), object.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, deflateSync('blob 14\0name: 150.yaml').subarray(0, 14));
    const repository = await GitRepository.open(root);
    const snapshot = await repository.snapshot('HEAD');
    const read = await Promise.allSettled(names.map((name) => text(snapshot, name)));
    const failed = read.flatMap(({ status }, i) => (status === 'rejected' ? [names[i]] : []));
    expect(failed).toEqual(['150.yaml']);
    expect(read[299]).toEqual({ status: 'fulfilled', value: 'name: 299.yaml' });
    await expect(snapshot.read('150.yaml')).rejects.toMatchObject({ code: 'unreadable' });
    await repository.close();
  });

  test('git starts no transport, whatever the repository allows', async () => {
    const root = emptyRepository();
    const marker = join(temporaryDirectory(), 'fetched');
    git(root, 'config', 'protocol.ext.allow', 'always');
    git(root, 'remote', 'add', 'origin', `ext::touch ${marker}`);
    expect((await runGit(root, ['fetch', 'origin'])).stderr).toContain("transport 'ext' not allowed");
    expect(existsSync(marker)).toBe(false);
  });

  test('commands in the configuration of a repository do not run', async () => {
    const root = emptyRepository();
    const marker = join(temporaryDirectory(), 'ran');
    commit(root, { 'a.yaml': 'a: 1', '.gitattributes': '*.yaml filter=evil diff=evil' });
    const hook = join(root, '.git/evil.sh');
    writeFileSync(hook, `#!/bin/sh\necho ran >> ${marker}\ncat\n`, { mode: 0o755 });
    for (const key of ['core.fsmonitor', 'filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process']) {
      git(root, 'config', key, hook);
    }
    for (const key of ['diff.evil.textconv', 'core.pager', 'core.sshCommand']) git(root, 'config', key, hook);
    await withRepository(root, async (repository) => {
      const tree = await repository.worktree();
      const head = await repository.snapshot('HEAD');
      expect(await text(tree, 'a.yaml')).toBe('a: 1');
      expect(await text(head, 'a.yaml')).toBe('a: 1');
      expect(await repository.defaultBase('HEAD')).toBeUndefined();
    });
    expect(existsSync(marker)).toBe(false);
  });

  test('a work tree configured to be elsewhere is not entered', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    git(root, 'config', 'core.worktree', '/');
    await expect(GitRepository.open(root)).rejects.toMatchObject({ code: 'not-a-repository' });
  });

  test('reading ends with the repository', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    const repository = await GitRepository.open(root);
    const snapshot = await repository.snapshot('HEAD');
    const pending = snapshot.read('a.yaml');
    await Promise.all([repository.close(), expect(pending).rejects.toMatchObject({ code: 'git-failed' })]);
    await repository.close();
    await snapshot.close();
  });
});
