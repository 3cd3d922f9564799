import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMesh } from '../../src/mesh/build.ts';
import { RULES, ruleById } from '../../src/rules/registry.ts';
import { runRules } from '../../src/rules/run.ts';
import { friendlyName } from '../../src/rules/suppress.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { codesOf, reports } from './analyzer-codes.ts';
import { closedWorld, environmentOf, resourcesIn } from './environment.ts';

/** One compared case. `not-yet`: it expects a code that no rule has. */
export interface CaseResult {
  readonly group: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'not-yet';
  readonly differences: readonly string[];
}

interface AnalyzerCase {
  readonly id: string;
  readonly name: string;
  readonly analyzer: string;
  readonly inputFiles: readonly string[];
  readonly meshConfigFile: string | null;
  readonly meshNetworksFile: string | null;
  readonly multiCluster: boolean;
  readonly expected: readonly { readonly code: string; readonly resource: string }[];
}

export function runAnalyzerCases(folder: string): CaseResult[] {
  const index = join(folder, 'cases.json');
  if (!existsSync(index)) return [];
  const cases = JSON.parse(readFileSync(index, 'utf8')) as AnalyzerCase[];
  return cases.map((one) => runCase(folder, one));
}

function runCase(folder: string, one: AnalyzerCase): CaseResult {
  const frame = { group: one.analyzer, name: one.id };
  const codes = codesOf(one.analyzer);
  const missing = [...new Set(one.expected.map(({ code }) => code))].filter((code) => !ruleById(code));
  if (missing.length > 0 || codes.every((code) => !ruleById(code))) {
    const differences = [`no rule for ${missing.join(', ') || codes.join(', ')}`];
    return { ...frame, outcome: 'not-yet', differences };
  }
  if (one.multiCluster) {
    return { ...frame, outcome: 'not-yet', differences: ['compares several clusters'] };
  }
  const expected = one.expected.map(({ code, resource }) => `${code} ${resource}`);
  const differences = compare(expected, found(folder, one, codes));
  return { ...frame, outcome: differences.length === 0 ? 'passed' : 'failed', differences };
}

function found(folder: string, one: AnalyzerCase, codes: readonly string[]): string[] {
  const inFolder = (file: string | null) => (file === null ? null : join(folder, file));
  const settings = closedWorld(inFolder(one.meshConfigFile), inFolder(one.meshNetworksFile));
  const resources = one.inputFiles.flatMap((file) => resourcesIn(join(folder, file)));
  const mesh = buildMesh(environmentOf(one.id, resources), settings);
  const rules = RULES.filter(({ id }) => codes.includes(id)).map((rule) => partOf(rule, one.analyzer));
  const { findings } = runRules(mesh, rules, settings, { strict: true });
  return findings.map(({ rule, resource }) => `${rule} ${friendlyName(resource)}`);
}

/** A code such as IST0101 has several analyzers: the rule with only the messages that this one reports. */
function partOf(rule: Rule, analyzer: string): Rule {
  return {
    ...rule,
    check(context) {
      rule.check({
        ...context,
        report(resource, path, message, ...rest) {
          if (reports(analyzer, rule.id, message)) context.report(resource, path, message, ...rest);
        },
      });
    },
  };
}

/** The differences of two multisets. */
function compare(expected: readonly string[], actual: readonly string[]): string[] {
  const spare = [...actual];
  const differences: string[] = [];
  for (const entry of expected) {
    const index = spare.indexOf(entry);
    if (index < 0) differences.push(`missing: ${entry}`);
    else spare.splice(index, 1);
  }
  return [...differences, ...spare.map((entry) => `unexpected: ${entry}`)];
}
