import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { proxyOf, refresh } from '../../scripts/facts/refresh.ts';
import { DATA_VERSION } from '../../src/facts/data-version.ts';

const TABLE = 'src/facts/releases.ts';
const DAY = 'src/facts/data-version.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server = undefined;
});

/** A module proxy on this machine that knows these releases. */
async function proxyWith(status: number, list: string): Promise<string> {
  server = createServer(({ url }, response) => {
    response.writeHead(url === '/istio.io/client-go/@v/list' ? status : 404).end(list);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function refreshed(proxy: string) {
  const written = new Map<string, string>();
  const said: string[] = [];
  const files: Readonly<Record<string, string>> = {
    [TABLE]: 'const LATEST_PATCH: ReadonlyMap<number, number> = new Map([\n  [30, 5],\n  [31, 1],\n]);\n',
    [DAY]: "export const DATA_VERSION = { asOf: '2020-01-01' };\n",
  };
  await refresh({
    ...{ proxy, today: '2026-12-24' },
    read: (path) => files[path] ?? '',
    write: (path, text) => written.set(path, text),
    say: (text) => said.push(text),
  });
  return { written, said };
}

const newest = Number(DATA_VERSION.newest.split('.')[1]);

test('takes new patches from the proxy, and moves the day on', async () => {
  const { written, said } = await refreshed(
    await proxyWith(200, `v1.30.9\nv1.${newest}.4\nv1.${newest}.5-rc.0\n`),
  );
  expect(written.get(TABLE)).toContain('[30, 9]');
  expect(written.get(TABLE)).toContain(`[${newest}, 4]`);
  expect(written.get(DAY)).toContain("asOf: '2026-12-24'");
  expect(said).toEqual([`written: ${TABLE}`, `written: ${DAY}`]);
});

test('a minor that no hazard describes keeps the day where it is', async () => {
  const { written, said } = await refreshed(await proxyWith(200, `v1.${newest + 1}.0\n`));
  expect(written.has(DAY)).toBe(false);
  expect(said.join('\n')).toContain(`1.${newest + 1} has come out`);
});

test('writes nothing when the proxy does not answer as it should', async () => {
  await expect(refreshed(await proxyWith(503, ''))).rejects.toThrow('answers 503');
  server?.close();
  await expect(refreshed(await proxyWith(200, '\n'))).rejects.toThrow('empty');
});

test('asks the proxy that Go is told to ask', () => {
  expect(proxyOf('off,https://mirror.example/go/,direct')).toBe('https://mirror.example/go');
  expect(proxyOf('direct')).toBe('https://proxy.golang.org');
  expect(proxyOf()).toBe('https://proxy.golang.org');
});
