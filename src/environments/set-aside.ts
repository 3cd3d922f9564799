/** Directory names for what is kept but not deployed. */
const RETIRED = new Set([
  'archive',
  'archived',
  'deprecated',
  'disabled',
  'obsolete',
  'unused',
  'retired',
  'graveyard',
  'attic',
  'old',
]);

/** Directory names for what tests and vendored tools bring along. */
const FOREIGN = new Set([
  'test',
  'tests',
  'testdata',
  'test-data',
  'test_files',
  'fixtures',
  'e2e',
  'node_modules',
  'vendor',
  'third_party',
  'third-party',
  'testing',
  '_vendir',
]);

/** Directory names for what is shown to readers. */
const SHOWN = new Set([
  'example',
  'examples',
  'sample',
  'samples',
  'docs',
  'doc',
  'demo',
  'demos',
  'template',
  'templates',
]);

/** `retired`: kept, not deployed. `foreign`: of tests or vendored. `shown`: for readers. */
export interface Aside {
  readonly dir: string;
  readonly as: 'retired' | 'foreign' | 'shown';
}

/** Why `path` is not part of a running cluster, and the directory that says so. */
export function setAsideAt(path: string): Aside | undefined {
  const steps = path.split('/').slice(0, -1);
  for (const [index, step] of steps.entries()) {
    const name = step.replace(/^[._]+/, '').toLowerCase();
    const dir = steps.slice(0, index + 1).join('/');
    if (RETIRED.has(name)) return { dir, as: 'retired' };
    if (FOREIGN.has(name) || FOREIGN.has(step)) return { dir, as: 'foreign' };
    if (SHOWN.has(name)) return { dir, as: 'shown' };
  }
  return undefined;
}
