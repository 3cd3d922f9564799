import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMesh } from '../../src/mesh/build.ts';
import { resourcesOf } from '../../src/render/plain.ts';
import { ruleById } from '../../src/rules/registry.ts';
import { runRules } from '../../src/rules/run.ts';
import { parseFile } from '../../src/yaml/parse.ts';
import type { CaseResult } from './analyzer-cases.ts';
import { closedWorld, environmentOf } from './environment.ts';

const RULE = 'IST0106';

/** Every document by itself: one with `_err` has to be refused, any other accepted. */
export function runValidationCases(folder: string): CaseResult[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => runFile(folder, name));
}

function runFile(folder: string, file: string): CaseResult[] {
  const parsed = parseFile(readFileSync(join(folder, file)), { json: false });
  const settings = closedWorld(null, null);
  const rule = ruleById(RULE);
  return resourcesOf(parsed, file).map((resource): CaseResult => {
    const invalid = Object.hasOwn(resource.body, '_err');
    const frame = { group: `validation of ${resource.kind}`, name: `${file}: ${resource.name}` };
    if (!rule) return { ...frame, outcome: 'not-yet', differences: [`no rule for ${RULE}`] };
    const mesh = buildMesh(environmentOf(file, [resource]), settings);
    const { findings } = runRules(mesh, [rule], settings, { strict: true });
    if (invalid === findings.length > 0) return { ...frame, outcome: 'passed', differences: [] };
    const differences = invalid
      ? [`accepted, expected: ${String(resource.body['_err'])}`]
      : findings.map(({ message }) => `refused: ${message}`);
    return { ...frame, outcome: 'failed', differences };
  });
}
