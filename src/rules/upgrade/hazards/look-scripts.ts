import type { ScriptSignal } from '../../../facts/hazards/hazard.ts';
import type { Mesh, Workload } from '../../../mesh/mesh.ts';
import { texts } from '../../body.ts';
import { type Hit, objectHit, settingHit } from './hit.ts';
import { perObject } from '../../../remember.ts';

/** Longest line a pattern is tried on. */
const LONGEST_LINE = 4096;

/** A line of a script, CI file or container’s command. */
interface Line {
  readonly text: string;
  readonly hit: () => Hit;
}

/** Lines of scripts and CI files, and of what containers run. What they do, they do to the installation. */
export function scriptHits(mesh: Mesh, { pattern }: ScriptSignal): Hit[] {
  return linesOf(mesh)
    .filter(({ text }) => pattern.test(text))
    .map(({ hit }) => hit());
}

const linesOf = perObject((mesh: Mesh): readonly Line[] =>
  [...scriptLines(mesh), ...mesh.workloads.flatMap(commandLines)].filter(
    ({ text }) => text.length <= LONGEST_LINE,
  ),
);

function scriptLines({ scripts }: Mesh): Line[] {
  return scripts.map(({ text, at }) => {
    const name = at.file.slice(at.file.lastIndexOf('/') + 1);
    const id = { kind: 'Script', namespace: '', name };
    return { text, hit: () => settingHit(id, () => at, text.trim().slice(0, 120), undefined) };
  });
}

/** A command that is given word by word is one line; a shell’s script has several. */
function commandLines(workload: Workload): Line[] {
  return workload.containers.flatMap(({ body, path }) => {
    const words = [...texts(body, 'command'), ...texts(body, 'args')];
    if (!words.some((word) => SPEAKS.test(word))) return [];
    const field = texts(body, 'args').some((word) => SPEAKS.test(word)) ? 'args' : 'command';
    const hit = (): Hit => ({ ...objectHit(workload.resource, [...path, field]), setting: true });
    return [words.filter((word) => !word.includes('\n')).join(' '), ...words.flatMap(scriptIn)]
      .filter((text) => SPEAKS.test(text) && !text.trimStart().startsWith('#'))
      .map((text) => ({ text, hit }));
  });
}

/** The lines of a shell’s script, continued ones joined. */
function scriptIn(word: string): string[] {
  return word.includes('\n') ? word.replace(/\\\n/g, ' ').split('\n') : [];
}

/** A line that speaks of Istio at all, as scripts are read. */
const SPEAKS = /istio|kubectl/i;
