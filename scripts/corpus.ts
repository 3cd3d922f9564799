/**
 * Reviews changes of real repositories and compares the strongest thing said with what a good reviewer would say.
 *
 *   npm run corpus -- DIR [--only SLUG] [--verbose] [--json FILE] [--render]
 *
 * DIR holds `corpus.yaml` and git bundles. SLUG is the beginning of a pair's id. With `--render`, overlays and charts are
 * rendered by the helm and kustomize that are on the PATH. Exits 1 only when a review crashes:
 * disagreement is a measure, not a failure.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mirrorOf } from './corpus/mirror.ts';
import { reviewPair, type Outcome } from './corpus/outcome.ts';
import { readPairs, type Pair } from './corpus/pairs.ts';
import { outcomeDetails, outcomeLine, summary } from './corpus/print.ts';
import { findTools } from '../src/render/tools.ts';
import { GitRepository } from '../src/source/git.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    verbose: { type: 'boolean' },
    json: { type: 'string' },
    render: { type: 'boolean' },
  },
});
const [directory] = positionals;
if (directory === undefined) {
  console.error('usage: npm run corpus -- DIR [--only SLUG] [--verbose] [--json FILE] [--render]');
  process.exit(2);
}

const tools = values.render ? await findTools({ path: process.env['PATH'] ?? '' }) : undefined;
const pairs = readPairs(directory).filter(({ id }) => isWanted(id, values.only));
const outcomes = await reviewAll(pairs);
console.log(summary(outcomes).join('\n'));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
process.exitCode = outcomes.some(({ crash }) => crash !== undefined) ? 1 : 0;

async function reviewAll(wanted: readonly Pair[]): Promise<Outcome[]> {
  const done: Outcome[] = [];
  for (const bundle of new Set(wanted.map((pair) => pair.bundle))) {
    const repository = await GitRepository.open(mirrorOf(bundle));
    for (const pair of wanted.filter((candidate) => candidate.bundle === bundle)) {
      const outcome = await reviewPair(pair, repository, tools);
      console.log(outcomeLine(outcome));
      if (values.verbose) console.log(outcomeDetails(outcome).join('\n'));
      done.push(outcome);
    }
    await repository.close();
  }
  return done;
}

/** `homelab` and `homelab/3` name what begins so; `homelab/3` is not `homelab/31`. */
function isWanted(id: string, only: string | undefined): boolean {
  if (only === undefined) return true;
  return only.includes('/') ? id === only : id.startsWith(only);
}
