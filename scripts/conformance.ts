/**
 * Compares the rules with Istio's own analyzers over a folder of their test data:
 *   npm run conformance -- DIR [--verbose]
 * DIR/istio-analyzers/cases.json: files, an analyzer, and the (code, resource) pairs it reports.
 * DIR/istio-validation/*.yaml: documents that Istio's validation accepts, or refuses (then they carry an `_err` key).
 * Exit code 1 when a case differs. A case whose codes have no rule yet is counted apart.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CaseResult, runAnalyzerCases } from './conformance/analyzer-cases.ts';
import { runValidationCases } from './conformance/validation-cases.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', short: 'v', default: false } },
});
const [folder] = positionals;
if (folder === undefined || !existsSync(folder)) {
  console.error('usage: npm run conformance -- DIR [--verbose]');
  process.exit(2);
}

const results = [
  ...runAnalyzerCases(join(folder, 'istio-analyzers')),
  ...runValidationCases(join(folder, 'istio-validation')),
];
show(results);
process.exitCode = results.some(({ outcome }) => outcome === 'failed') ? 1 : 0;

function show(all: readonly CaseResult[]): void {
  for (const group of [...new Set(all.map((one) => one.group))].sort()) {
    const cases = all.filter((one) => one.group === group);
    const [passed, failed, notYet] = (['passed', 'failed', 'not-yet'] as const).map((outcome) =>
      cases.filter((one) => one.outcome === outcome),
    );
    console.log(
      `${group}: ${passed?.length ?? 0} passed, ${failed?.length ?? 0} failed, ${notYet?.length ?? 0} not yet`,
    );
    const shown = values.verbose ? [...(failed ?? []), ...(notYet ?? [])] : (failed ?? []);
    for (const { name, differences } of shown) {
      console.log(`  ${name}`);
      for (const difference of differences) console.log(`    ${difference}`);
    }
  }
  const count = (outcome: CaseResult['outcome']) => all.filter((one) => one.outcome === outcome).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('not-yet')} not yet`);
}
