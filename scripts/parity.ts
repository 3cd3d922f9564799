/**
 * Compares what we make of real overlays and charts with what the plain tools make of them.
 *
 *   npm run parity -- DIR [--only SLUG] [--verbose]
 *
 * DIR holds `corpus.yaml` and git bundles. Every kustomization and every chart at the head of every pair is built three
 * ways: by the plain tool on an ordinary checkout without network, by the same tool through our sandbox, and by our own
 * reading of the files without a tool. SLUG is the beginning of a bundle's name. Exits 1 when the sandbox gives anything
 * else than the plain tool.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { mirrorOf } from './corpus/mirror.ts';
import { readPairs } from './corpus/pairs.ts';
import { withCheckout } from './parity/checkout.ts';
import { compareHead, type Comparison } from './parity/compare-head.ts';
import { plainTools } from './parity/plain-tools.ts';
import { comparisonLines, summary } from './parity/print.ts';
import { toolRenderers } from '../src/render/renderers.ts';
import { RENDER_LIMITS } from '../src/render/render-limits.ts';
import { findTools } from '../src/render/tools.ts';
import { GitRepository } from '../src/source/git.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, verbose: { type: 'boolean' } },
});
const [directory] = positionals;
if (directory === undefined) {
  console.error('usage: npm run parity -- DIR [--only SLUG] [--verbose]');
  process.exit(2);
}

const plain = plainTools();
const tools = await findTools({ path: plain.directory });
const limits = { ...RENDER_LIMITS, totalMilliseconds: Number.POSITIVE_INFINITY };
const all: Comparison[] = [];
const pairs = readPairs(directory).filter(({ bundle }) => basename(bundle).startsWith(values.only ?? ''));
for (const bundle of new Set(pairs.map((pair) => pair.bundle))) {
  const mirror = mirrorOf(bundle);
  const repository = await GitRepository.open(mirror);
  const renderers = toolRenderers(tools, limits);
  const seen = new Set<string>();
  for (const { head } of pairs.filter((pair) => pair.bundle === bundle)) {
    const comparisons = await withCheckout(mirror, head, async (checkout) => {
      const snapshot = await repository.snapshot(head);
      return compareHead({ snapshot, checkout, renderers, plain, seen });
    });
    const named = comparisons.map((one) => ({ ...one, where: `${basename(bundle, '.bundle')} ${head}` }));
    for (const comparison of named)
      console.log(comparisonLines(comparison, values.verbose === true).join('\n'));
    all.push(...named);
  }
  await repository.close();
}
console.log(summary(all).join('\n'));
process.exitCode = all.some(({ sandbox }) => sandbox.answer === 'different') ? 1 : 0;
