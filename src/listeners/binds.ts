import { PROGRAMS } from '../facts/bind-programs.ts';
import type { ContainerModel, Workload } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';
import { mentionsLoopback } from './address.ts';
import type { Bind } from './bind.ts';
import { lastSegment } from './command-line.ts';
import { fileMentionsLoopback } from './config-files.ts';
import { factsOf, type ContainerFacts } from './container.ts';
import { namedBinds } from './named-binds.ts';
import { programBinds } from './program-binds.ts';
import type { ConfigMaps } from './variables.ts';

/** What was read of a container, and the ConfigMaps that were asked for on the way. */
interface Reading {
  readonly workload: Workload;
  readonly asked: ReadonlyMap<string, Resource | undefined>;
  readonly binds: readonly Bind[];
}

/** Unchanged containers are the same objects on both sides of a review; with unchanged ConfigMaps they are read once. */
const READINGS = new WeakMap<ContainerModel, Reading>();

/** The addresses a container listens on, as far as its manifest and its ConfigMaps say. [] when none can be on loopback. */
export function bindsOf(
  container: ContainerModel,
  workload: Workload,
  configMaps: ConfigMaps,
): readonly Bind[] {
  const known = READINGS.get(container);
  if (known?.workload === workload && isAnswered(known, configMaps)) return known.binds;
  const asked = new Map<string, Resource | undefined>();
  const binds = readBinds(container, workload, (name) => {
    const configMap = configMaps(name);
    asked.set(name, configMap);
    return configMap;
  });
  READINGS.set(container, { workload, asked, binds });
  return binds;
}

function isAnswered({ asked }: Reading, configMaps: ConfigMaps): boolean {
  return [...asked].every(([name, configMap]) => configMaps(name) === configMap);
}

function readBinds(container: ContainerModel, workload: Workload, configMaps: ConfigMaps): Bind[] {
  const facts = factsOf(container, workload, configMaps);
  if (!mayListenOnLoopback(facts)) return [];
  const { binds, understood } = programBinds(facts);
  return [...binds, ...namedBinds(facts, understood)];
}

/** Programs with a default or a short form that is loopback without saying so. */
const SILENT = new Set(
  PROGRAMS.filter(({ listeners }) =>
    listeners.some(({ unset, empty, portOnly, closes }) => unset ?? empty ?? portOnly ?? closes),
  ),
);

/** Short forms of agents: `-agentlib:jdwp=...address=5005`. */
const SILENT_WORD = /^-(?:agentlib|Xrunjdwp|javaagent|-inspect)/;

/** Most containers mention no loopback address and run nothing that would choose one: they cost no more than this. */
function mayListenOnLoopback({ commands, variables, files, running }: ContainerFacts): boolean {
  return (
    commands.some(
      ({ words, assignments }) =>
        words.some(({ text }) => mentionsLoopback(text) || SILENT_WORD.test(lastSegment(text))) ||
        [...assignments.values()].some(mentionsLoopback),
    ) ||
    [...variables.known.values()].some(({ value }) => mentionsLoopback(value)) ||
    files.some(fileMentionsLoopback) ||
    running.some(({ program }) => SILENT.has(program))
  );
}
