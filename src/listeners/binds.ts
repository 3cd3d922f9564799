import { PROGRAMS } from '../facts/bind-programs.ts';
import type { ContainerModel, Workload } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';
import { mentionsLoopback } from './address.ts';
import type { Bind } from './bind.ts';
import { lastSegment } from './command-line.ts';
import { fileMentionsLoopback } from './config-files.ts';
import { type ContainerFacts, factsOf } from './container.ts';
import { namedBinds } from './named-binds.ts';
import { programBinds } from './program-binds.ts';
import type { ConfigMaps } from './variables.ts';

/** What a container listens on, as far as its manifest and its ConfigMaps say. */
export interface ContainerBinds {
  readonly container: ContainerModel;
  readonly binds: readonly Bind[];
}

/** What was read of a workload, and the ConfigMaps that were asked for on the way. */
interface Reading {
  readonly asked: ReadonlyMap<string, Resource | undefined>;
  readonly containers: readonly ContainerBinds[];
}

/** Unchanged workloads are the same objects on both sides of a review; with unchanged ConfigMaps they are read once. */
const READINGS = new WeakMap<Workload, Reading>();

/** The containers that run when traffic comes, and what they listen on. [] when none of them can be on loopback. */
export function bindsOf(workload: Workload, configMaps: ConfigMaps): readonly ContainerBinds[] {
  const known = READINGS.get(workload);
  if (known && isAnswered(known, configMaps)) return known.containers;
  const asked = new Map<string, Resource | undefined>();
  const containers = readBinds(workload, (name) => {
    const configMap = configMaps(name);
    asked.set(name, configMap);
    return configMap;
  });
  READINGS.set(workload, { asked, containers });
  return containers;
}

function isAnswered({ asked }: Reading, configMaps: ConfigMaps): boolean {
  return [...asked].every(([name, configMap]) => configMaps(name) === configMap);
}

/** Where one container may be on loopback, the others matter too: one may stand in front of it. */
function readBinds(workload: Workload, configMaps: ConfigMaps): ContainerBinds[] {
  const facts = workload.containers
    .filter(({ init, body }) => !init || body['restartPolicy'] === 'Always')
    .map((container) => factsOf(container, workload, configMaps));
  if (!facts.some(mayListenOnLoopback)) return [];
  return facts.map((one) => {
    const { binds, understood, files } = programBinds(one);
    return { container: one.container, binds: [...binds, ...namedBinds(one, understood, files)] };
  });
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
