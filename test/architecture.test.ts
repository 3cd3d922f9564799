import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const SRC = resolve(dirname(fileURLToPath(import.meta.url)), '../src');

/** Left to right: a folder may import from itself, from folders to its left, and from the leaves. */
const LINE = [
  'source',
  'yaml',
  'render',
  'environments',
  'mesh',
  'listeners',
  'rules',
  'compare',
  'plan',
  'report',
];
const LEAVES = ['vocabulary.ts', 'untyped.ts', 'remember.ts', 'config', 'facts'];
const SURFACES = [
  'cli',
  'app',
  'action',
  'github',
  'cluster',
  'review.ts',
  'review-environment.ts',
  'index.ts',
];

/** Folders that may touch the outside world. */
const OUTSIDE = ['source', 'cli', 'app', 'action', 'github', 'cluster'];
/** The one part of core that starts processes and writes files: the renderers' sandbox. */
const RENDER_TOOLS = ['render/exec.ts', 'render/tools.ts', 'render/tree.ts'];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split('\\').join('/'))
  .filter((name) => name.endsWith('.ts'))
  .sort();

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/^\s*(?:import|export)\b[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

function placeOf(file: string): string {
  return file.split('/')[0] ?? file;
}

describe('data moves one way', () => {
  test.each(files)('%s', (file) => {
    const place = placeOf(file);
    const targets = importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => placeOf(posix.normalize(posix.join(posix.dirname(file), specifier))));
    const wrong = targets.filter((target) => !allowed(place, target));
    expect(wrong).toEqual([]);
  });

  function allowed(from: string, to: string): boolean {
    if (from === to || LEAVES.includes(to)) return true;
    if (LEAVES.includes(from)) return from === 'config' && ['yaml', 'source'].includes(to);
    if (SURFACES.includes(from)) return true;
    return LINE.includes(to) && LINE.indexOf(to) < LINE.indexOf(from);
  }
});

describe('core touches no file, network, clock, environment variable or console', () => {
  const core = files.filter(
    (file) => !OUTSIDE.includes(placeOf(file)) && !RENDER_TOOLS.includes(file) && file !== 'index.ts',
  );

  test.each(core)('%s', (file) => {
    const text = readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const modules = importsOf(file).filter((specifier) =>
      /^node:(?!crypto$|buffer$|zlib$|path$)/.test(specifier),
    );
    expect(modules).toEqual([]);
    expect(text).not.toMatch(/\bprocess\.|\bconsole\.|\bDate\.now\(|new Date\(\)|\bfetch\(|Math\.random\(/);
  });
});

test('every layer of the line exists', () => {
  const places = new Set(files.map(placeOf));
  expect(LINE.filter((place) => !['plan', 'listeners'].includes(place) && !places.has(place))).toEqual([]);
});
