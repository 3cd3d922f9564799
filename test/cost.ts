import { loadAll } from 'js-yaml';

/** Takes about 20 milliseconds on an ordinary machine when nothing else runs. */
const YARDSTICK = 'a: {b: [c, "d", 1.5, true]}\ne:\n  - f: g\n    h: |\n      i\n---\n'.repeat(600);

const ROUNDS = 3;

/**
 * What `work` costs, in units of a fixed piece of work that is measured beside it (about 20 milliseconds each). CPU time,
 * so that nothing else on the machine counts; and a slow or crowded machine slows down both alike.
 */
export function costOf(work: () => unknown): number {
  const unit = yardstick();
  const took = cpuTimeOf(work);
  return took / Math.max(unit, yardstick());
}

/** The same for work that waits in between. */
export async function asyncCostOf(work: () => Promise<unknown>): Promise<number> {
  const unit = yardstick();
  const start = process.cpuUsage();
  await work();
  const took = since(start);
  return took / Math.max(unit, yardstick());
}

/** The least of a few rounds: the others paid for warming up. */
function yardstick(): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => cpuTimeOf(() => loadAll(YARDSTICK))));
}

function cpuTimeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return since(start);
}

/** Of all threads of this process, in milliseconds. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
