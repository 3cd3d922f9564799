import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { findSandbox, runTool, toolEnvironment, type ToolResult } from '../../src/render/exec.ts';
import { RENDER_LIMITS, type ToolLimits } from '../../src/render/render-limits.ts';

const home = mkdtempSync(join(tmpdir(), 'exec-test-'));
afterAll(() => rmSync(home, { recursive: true }));

const QUICK: ToolLimits = { ...RENDER_LIMITS.tool, milliseconds: 5_000 };

async function shell(script: string, change: Partial<ToolLimits> = {}, args: readonly string[] = []) {
  const limits = { ...QUICK, ...change };
  const sandbox = await findSandbox(home, limits);
  return runTool(['/bin/sh', '-c', script, ...args], { cwd: home, home, limits, sandbox });
}

function output(result: ToolResult): string {
  return result.outcome === 'done' ? result.stdout.toString() : `stopped: ${result.why}`;
}

test('exit code and both outputs are the result', async () => {
  const result = await shell('echo out; echo err >&2; exit 3');
  expect(result).toMatchObject({ outcome: 'done', code: 3, stderr: 'err\n' });
  expect(output(result)).toBe('out\n');
});

test('no shell sees the arguments', async () => {
  expect(output(await shell('echo "$1"', {}, ['sh', '$(echo pwned); `id` "quoted" *']))).toBe(
    '$(echo pwned); `id` "quoted" *\n',
  );
});

test('nothing of our environment reaches the tool', async () => {
  process.env['RENDER_TEST_SECRET'] = 'secret';
  const inside = output(await shell('export -p'));
  delete process.env['RENDER_TEST_SECRET'];
  expect(inside).not.toContain('RENDER_TEST_SECRET');
  const names = [...inside.matchAll(/^export (\w+)/gm)].map((match) => match[1] ?? '');
  expect(
    names.filter((name) => !['PWD', 'OLDPWD', ...Object.keys(toolEnvironment(home))].includes(name)),
  ).toEqual([]);
});

describe('what exceeds a limit is killed', () => {
  test('time, and processes it started with it', async () => {
    const began = performance.now();
    const result = await shell('(/bin/sleep 2; echo >late) & wait', { milliseconds: 500 });
    expect(output(result)).toBe('stopped: took longer than 0.5 s');
    expect(performance.now() - began).toBeLessThan(4_000);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(readdirSync(home)).not.toContain('late');
  });

  test('one that ignores every other signal', async () => {
    const result = await shell("trap '' TERM INT HUP; while :; do :; done", { milliseconds: 500 });
    expect(output(result)).toBe('stopped: took longer than 0.5 s');
  });

  test('processor time', async () => {
    const result = await shell('while :; do :; done', { cpuSeconds: 1, milliseconds: 9_000 });
    expect(output(result)).toMatch(/processor time/);
  });

  test('output, however much of it there is', async () => {
    const began = performance.now();
    const result = await shell('while :; do echo 0123456789012345678901234567890123456789; done', {
      outputBytes: 1024 * 1024,
    });
    expect(output(result)).toBe('stopped: wrote more than 1 MB');
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  test('complaints are cut, not refused', async () => {
    const script =
      'i=0; while [ $i -lt 9000 ]; do echo 01234567890123456789 >&2; i=$((i+1)); done; echo done';
    const result = await shell(script);
    expect(output(result)).toBe('done\n');
    expect(result.outcome === 'done' && result.stderr.length).toBeLessThanOrEqual(2 * 64 * 1024);
  });

  test('large files', async () => {
    const result = await shell('while :; do echo 0123456789; done >big', { fileBytes: 64 * 1024 });
    expect(output(result)).not.toBe('');
    expect(result.outcome === 'done' ? result.code : 'stopped').not.toBe(0);
  });
});

test('a program that is not there is a result, not an exception', async () => {
  const open = { memoryCapped: false, networkClosed: false, prefix: () => [] };
  const result = await runTool(['/no/such/program'], { cwd: home, home, limits: QUICK, sandbox: open });
  expect(output(result)).toMatch(/^stopped: could not be started: .*ENOENT/);
});

test('what the sandbox promises holds on Linux', async () => {
  const sandbox = await findSandbox(home, QUICK);
  if (process.platform !== 'linux') return;
  expect(sandbox.memoryCapped).toBe(true);
  expect(output(await shell('ulimit -v', { memoryBytes: 2 * 1024 ** 3 }))).toBe(`${2 * 1024 ** 2}\n`);
});
