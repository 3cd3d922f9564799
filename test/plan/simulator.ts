import { expect } from '@jest/globals';
import type { Fix, Plan, PlanStep } from '../../src/vocabulary.ts';
import { partsOfCheck } from '../../src/plan/checks.ts';
import { REVERT, UNDO_UPGRADE } from '../../src/plan/step.ts';
import type { Cluster } from './world/cluster.ts';
import { argocd, flux } from './world/gitops.ts';
import { helm, helmfile } from './world/helm.ts';
import { istioctl, looks } from './world/istioctl.ts';
import { kubectl, kubectlLooks } from './world/kubectl.ts';
import { pipeline } from './world/shell-words.ts';

type Files = ReadonlyMap<string, string>;

/** A repository and the cluster that is run from it. */
export interface World {
  readonly files: Files;
  readonly cluster: Cluster;
}

/** Versions of istioctl on the PATH: the new one, and the old one where a rollback asks for it. */
export interface Versions {
  readonly from: string;
  readonly to: string;
}

type Program = (words: readonly string[], cluster: Cluster, files: Files, version: string) => void;

/** Programs whose commands plans hold. Everything else in a rollback is for people. */
const PROGRAMS: Readonly<Record<string, Program>> = { kubectl, istioctl, helm, helmfile, flux, argocd };

/** Runs the steps of a plan that are not done yet, and what must hold after every command of theirs. */
export class Simulator {
  world: World;
  /** Edits of the steps so far, which the change under review is merged with. */
  readonly #edits: Fix[] = [];
  readonly #head: Files;
  readonly #versions: Versions;
  #version: string;
  /** The repository and the cluster before each step that was run. */
  readonly before: World[] = [];
  readonly #done: PlanStep[] = [];

  constructor(world: World, head: Files, versions: Versions) {
    this.world = copyOf(world);
    this.#head = head;
    this.#versions = versions;
    this.#version = versions.to;
  }

  /** Carries the plan out; after each step it goes back and forth once. */
  carryOut(plan: Plan): void {
    for (const step of plan.steps) {
      this.#readChecks(step);
      if (step.state === 'done') continue;
      const before = copyOf(this.world);
      this.before.push(before);
      this.#done.push(step);
      this.#forward(step);
      this.#back(step, before);
      this.world = copyOf(before);
      this.#forward(step);
      this.#edits.push(...step.edits);
    }
  }

  #forward(step: PlanStep): void {
    const { files, cluster } = this.world;
    const merged = step.state === 'this-change' ? edited(this.#head, this.#edits) : files;
    this.world = { files: edited(merged, step.edits), cluster: cluster.clone() };
    this.#version = this.#versions.to;
    this.#run(step.run, step.title);
  }

  /** The state after the way back is the state before the step. */
  #back(step: PlanStep, before: World): void {
    if (step.edits.length > 0) expect(step.rollback).toContain(REVERT);
    const [first, ...rest] = step.rollback;
    const expected = first === UNDO_UPGRADE ? this.#undoUpgrade(rest) : before;
    // The upgrade was another change: how to undo it stands in its plan.
    if (!expected) return;
    if (first !== UNDO_UPGRADE) this.#undo(step, before);
    expect(this.world.cluster.state()).toBe(expected.cluster.state());
  }

  #undo({ rollback, title }: PlanStep, before: World, backwards = false): void {
    if (rollback.includes(REVERT)) this.world = { files: before.files, cluster: this.world.cluster };
    for (const line of rollback) {
      const asked = /^istioctl on the PATH is (\S+)\.$/.exec(line)?.[1];
      if (asked !== undefined) this.#version = asked;
      else if (isCommand(line)) this.#run([line], `the way back from: ${title}`, backwards);
    }
  }

  /** The ways back of all steps to the upgrade, the last first, and then the restarts: proxies may be newer for a while. */
  #undoUpgrade(restarts: readonly string[]): World | undefined {
    const start = this.#done.findIndex(({ title }) => /^(?:Upgrade|Downgrade) /.test(title));
    if (start < 0) return undefined;
    for (let index = this.#done.length - 1; index >= start; index -= 1) {
      const [step, before] = [this.#done[index], this.before[index]];
      if (!step || !before || step.rollback[0] === UNDO_UPGRADE) continue;
      this.#undo(step, before, true);
    }
    this.#run(restarts.filter(isCommand), 'restarts after the upgrade is undone', true);
    return this.before[start];
  }

  #run(commands: readonly string[], during: string, backwards = false): void {
    const { cluster, files } = this.world;
    for (const command of commands) {
      for (const [program = '', ...words] of pipeline(command)) {
        const run = PROGRAMS[program];
        if (!run) throw new Error(`no program ${program}: ${command}`);
        run(words, cluster, files, this.#version);
      }
      cluster.check(`${during}: ${command}`, backwards);
    }
  }

  /** Commands that look must be commands of these versions. */
  #readChecks({ preconditions, verify }: PlanStep): void {
    for (const text of [...preconditions, ...verify]) {
      const [[program = '', ...words] = []] = pipeline(partsOfCheck(text)?.command ?? '');
      if (program === 'kubectl') kubectlLooks(words);
      else if (program === 'istioctl') looks(words, this.#versions.to);
    }
  }
}

function copyOf({ files, cluster }: World): World {
  return { files, cluster: cluster.clone() };
}

export function isCommand(text: string): boolean {
  return Object.hasOwn(PROGRAMS, text.split(' ')[0] ?? '') && !text.startsWith('istioctl on the PATH');
}

/** Files after edits, in their order: each names the lines as the ones before leave them. */
export function edited(files: Files, edits: readonly Fix[]): Files {
  const after = new Map(files);
  for (const { file, startLine, endLine, text } of edits) {
    const written = after.get(file);
    if (written === undefined) throw new Error(`an edit of ${file}, which is not there`);
    const lines = written.replace(/\n$/, '').split('\n');
    if (endLine > lines.length) throw new Error(`an edit behind the end of ${file}`);
    const result = [
      ...lines.slice(0, startLine - 1),
      ...text.split('\n').slice(0, -1),
      ...lines.slice(endLine),
    ];
    if (result.length === 0) after.delete(file);
    else after.set(file, `${result.join('\n')}\n`);
  }
  return after;
}
