import type { Fix, Plan, PlanStep } from '../../src/vocabulary.ts';
import { REVERT } from '../../src/plan/step.ts';
import { Cluster } from './cluster.ts';
import { kubectl } from './kubectl.ts';
import { pipeline } from './shell-words.ts';
import { argocd, flux, helm, helmfile, istioctl } from './tools.ts';

/** A repository and the cluster that is run from it. */
export interface World {
  readonly files: ReadonlyMap<string, string>;
  readonly cluster: Cluster;
}

/** Versions of istioctl on the PATH: the new one, and the old one where a rollback asks for it. */
export interface Versions {
  readonly from: string;
  readonly to: string;
}

/** Programs whose commands plans hold. Everything else in a rollback is for people. */
const PROGRAMS = new Set(['kubectl', 'istioctl', 'helm', 'helmfile', 'flux', 'argocd']);

/** Runs the steps of a plan that are not done yet, and what must hold after every command of theirs. */
export class Simulator {
  world: World;
  /** Edits of the steps so far, which the change under review is merged with. */
  readonly #edits: Fix[] = [];
  readonly #head: ReadonlyMap<string, string>;
  readonly #versions: Versions;
  #version: string;
  /** The repository and the cluster before each step that was run. */
  readonly before: World[] = [];

  constructor(world: World, head: ReadonlyMap<string, string>, versions: Versions) {
    this.world = { files: world.files, cluster: world.cluster.clone() };
    this.#head = head;
    this.#versions = versions;
    this.#version = versions.to;
  }

  /** Carries the plan out; after each step it goes back and forth once. */
  carryOut(plan: Plan): void {
    for (const step of plan.steps) {
      if (step.state === 'done') continue;
      const before = this.world;
      this.before.push(before);
      this.#forward(step);
      this.#back(step, before);
      this.world = { files: before.files, cluster: before.cluster.clone() };
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
    if (step.rollback.includes(REVERT)) {
      this.world = { files: before.files, cluster: this.world.cluster };
    }
    for (const line of step.rollback) {
      const asked = /^istioctl on the PATH is (\S+)\.$/.exec(line)?.[1];
      if (asked !== undefined) this.#version = asked;
      else if (isCommand(line)) this.#run([line], `the way back from: ${step.title}`);
    }
    expect(this.world.cluster.state()).toBe(before.cluster.state());
    if (step.edits.length > 0) expect(step.rollback).toContain(REVERT);
  }

  #run(commands: readonly string[], during: string): void {
    const { cluster, files } = this.world;
    for (const command of commands) {
      for (const [program = '', ...words] of pipeline(command)) {
        switch (program) {
          case 'kubectl':
            kubectl(words, cluster, files);
            break;
          case 'istioctl':
            istioctl(words, cluster, files, this.#version);
            break;
          case 'helm':
            helm(words, cluster, files);
            break;
          case 'helmfile':
            helmfile(words, cluster, files);
            break;
          case 'flux':
            flux(words, cluster, files);
            break;
          case 'argocd':
            argocd(words, cluster, files);
            break;
          default:
            throw new Error(`no program ${program}: ${command}`);
        }
      }
      cluster.check(`${during}: ${command}`);
    }
  }
}

export function isCommand(text: string): boolean {
  return PROGRAMS.has(text.split(' ')[0] ?? '') && !text.startsWith('istioctl on the PATH');
}

/** Files after edits, in their order: each names the lines as the ones before leave them. */
export function edited(
  files: ReadonlyMap<string, string>,
  edits: readonly Fix[],
): ReadonlyMap<string, string> {
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
