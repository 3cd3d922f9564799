import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { generateManifests, type GeneratedManifest } from './manifests.ts';

/** `grouped`: the manifests of a service in one file. `single`: every manifest in a file of its own. */
export type Layout = 'grouped' | 'single';

/** A generated repository: branches `base` and `head`, which differ in one file. */
export interface BenchRepository {
  readonly directory: string;
  readonly resources: number;
  readonly layout: Layout;
  readonly files: number;
  readonly bytes: number;
}

/** Writes a bare repository with everything packed, as a fresh clone has it. */
export function makeRepository(directory: string, resources: number, layout: Layout): BenchRepository {
  const base = filesOf(generateManifests(resources), layout);
  const change = changeOf(base);
  mkdirSync(directory, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=head', directory]);
  const input = [commitText('base', base), commitText('head', change, 'base'), 'done\n'].join('');
  execFileSync('git', ['-C', directory, 'fast-import', '--quiet', '--done'], { input });
  const bytes = [...base.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { directory, resources, layout, files: base.size, bytes };
}

function filesOf(manifests: readonly GeneratedManifest[], layout: Layout): Map<string, string> {
  const files = new Map<string, string>();
  for (const { kind, namespace, service, text } of manifests) {
    const folder = `apps/${namespace}/${service}`;
    const path = layout === 'grouped' ? `${folder}.yaml` : `${folder}/${kind.toLowerCase()}.yaml`;
    const before = files.get(path);
    files.set(path, before === undefined ? text : `${before}---\n${text}`);
  }
  return files;
}

/** A route in the middle of the tree gets another timeout. */
function changeOf(files: ReadonlyMap<string, string>): Map<string, string> {
  const routes = [...files].filter(([, text]) => text.includes('timeout: 10s'));
  const [path, text] = routes[routes.length >> 1] ?? [];
  if (path === undefined || text === undefined) throw new Error('no route to change');
  return new Map([[path, text.replace('timeout: 10s', 'timeout: 20s')]]);
}

function commitText(branch: string, files: ReadonlyMap<string, string>, parent?: string): string {
  const lines = [`commit refs/heads/${branch}`, 'committer Bench <bench@example.com> 1700000000 +0000'];
  lines.push(data(branch));
  if (parent !== undefined) lines.push(`from refs/heads/${parent}`);
  for (const [path, text] of files) lines.push(`M 100644 inline ${path}`, data(text));
  return `${lines.join('\n')}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
