import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

/** A temporary directory, its files, and git in it without the machine's own configuration. */
export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), 'guard-cli-'));

  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.directory, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    return this;
  }

  delete(name: string): this {
    rmSync(join(this.directory, name), { recursive: true });
    return this;
  }

  git(...args: string[]): this {
    execFileSync('git', args, {
      cwd: this.directory,
      stdio: 'pipe',
      env: {
        PATH: process.env['PATH'],
        HOME: this.directory,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@example.com',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@example.com',
      },
    });
    return this;
  }

  /** Starts the repository on `main`, with everything there is. */
  init(): this {
    return this.git('init', '-q', '-b', 'main').commit('first');
  }

  commit(message: string): this {
    return this.git('add', '-A').git('commit', '-q', '--allow-empty', '-m', message);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, with everything it may touch replaced. */
export async function run(argv: readonly string[], more: Partial<Io> = {}): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: () => Promise.resolve(new Uint8Array()),
    cwd: tmpdir(),
    env: {},
    now: new Date('2026-06-01T12:00:00Z'),
    ...more,
  });
  return { code, stdout, stderr };
}

export const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
`;

export function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
`;
}

/** A route to a Service; IST0101 when the Service is not there. */
export function route(host: string, name = 'cart'): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: shop
spec:
  hosts:
    - ${host}
  http:
    - route:
        - destination:
            host: ${host}
`;
}

/** A namespace with a Service and a route to it. */
export const HEALTHY = {
  'shop/namespace.yaml': NAMESPACE,
  'shop/service.yaml': service('cart'),
  'shop/route.yaml': route('cart'),
};
