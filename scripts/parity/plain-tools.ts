import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFile } from '../../src/yaml/parse.ts';
import { resourcesOf } from '../../src/render/plain.ts';

/** The body of a Kubernetes object. */
export type Body = Readonly<Record<string, unknown>>;

/** What a tool printed, as objects; or its complaint. */
export type PlainResult = { readonly objects: readonly Body[] } | { readonly failed: string };

/** The tools as a person would run them in a checkout, but for the network, which they do not get. */
export interface PlainTools {
  /** Where they are. */
  readonly directory: string;
  kustomize(checkout: string, dir: string): Promise<PlainResult>;
  helm(checkout: string, dir: string, args: readonly string[]): Promise<PlainResult>;
}

/** A remote base takes kustomize this long to give up on. */
const TIMEOUT = 60_000;

export function plainTools(): PlainTools {
  const directory = fileURLToPath(new URL('../../.cache/tools/bin', import.meta.url));
  return {
    directory,
    kustomize: (checkout, dir) => run(join(directory, 'kubectl'), ['kustomize', join(checkout, dir)]),
    helm: (checkout, dir, args) => {
      const [name = '', ...rest] = args;
      return run(join(directory, 'helm'), ['template', name, join(checkout, dir), ...rest]);
    },
  };
}

function run(program: string, args: readonly string[]): Promise<PlainResult> {
  const nowhere = 'http://127.0.0.1:9';
  const home = mkdtempSync(join(tmpdir(), 'parity-home-'));
  const env = { PATH: '/nonexistent', HOME: home, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere };
  const options = { env, timeout: TIMEOUT, maxBuffer: 1 << 29, encoding: 'buffer' } as const;
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      rmSync(home, { recursive: true, force: true });
      if (error)
        resolve({ failed: stderr.toString().trim().split('\n').slice(0, 3).join(' ') || error.message });
      else resolve({ objects: objectsIn(stdout) });
    });
  });
}

function objectsIn(output: Uint8Array): Body[] {
  return resourcesOf(parseFile(output, { json: false }), '').map(({ body }) => body);
}
