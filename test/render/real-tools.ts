import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { memorySnapshot } from '../../src/source/memory.ts';
import { RenderCache } from '../../src/render/render-cache.ts';
import { RENDER_LIMITS, type RenderLimits } from '../../src/render/render-limits.ts';
import type { Renderer } from '../../src/render/rendered.ts';
import { findTools, type Tools } from '../../src/render/tools.ts';
import { readableFiles, type ReadableFiles } from '../../src/render/tree.ts';

/** Where `node scripts/tools.mjs` puts helm and kubectl. */
export const TOOLS_DIRECTORY = fileURLToPath(new URL('../../.cache/tools/bin', import.meta.url));

let found: Promise<Tools> | undefined;

/** The real tools. Tests fail without them: what is not run proves nothing. */
export async function realTools(): Promise<Tools> {
  if (!existsSync(TOOLS_DIRECTORY))
    throw new Error('Run `node scripts/tools.mjs` first: these tests need helm and kubectl.');
  return (found ??= findTools({ path: TOOLS_DIRECTORY }));
}

/** A renderer as one review has it. */
export async function realRenderer(changed: Partial<RenderLimits> = {}): Promise<Renderer> {
  const limits = { ...RENDER_LIMITS, ...changed };
  return { tools: await realTools(), cache: new RenderCache(limits), limits };
}

/** Files by path, as a repository holds them. */
export function repositoryOf(files: Readonly<Record<string, string | Uint8Array>>): ReadableFiles {
  return readableFiles(memorySnapshot('test', files));
}

/** `file:line` of a place. */
export function where({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}
