import type { Command } from './command-line.ts';
import type { ConfigFile } from './config-files.ts';
import { propertiesEntries } from './formats/properties.ts';
import type { ContainerVariables, Variable } from './variables.ts';

/** `.env` beside a program, as libraries of Node.js, Python, Ruby and PHP read it. */
const DOT_ENV = /(?:^|\/)\.env(?:\.production|\.local)?$/;

/** With the variables of a mounted `.env`: what the container sets itself wins over them. */
export function withDotEnv(variables: ContainerVariables, files: readonly ConfigFile[]): ContainerVariables {
  const found = files.filter(({ file }) => DOT_ENV.test(file));
  if (found.length === 0) return variables;
  const known = new Map<string, Variable>();
  for (const { text, path, source } of found) {
    for (const { key, value, line } of propertiesEntries(text)) {
      const name = key.join('.').replace(/^export\s+/, '');
      known.set(name, { value, path, ...(source && { source: { ...source, line: line() } }) });
    }
  }
  for (const name of variables.hidden) known.delete(name);
  return { ...variables, known: new Map([...known, ...variables.known]) };
}

/** With what scripts and `env` set for the commands they run. */
export function withAssignments(
  variables: ContainerVariables,
  commands: readonly Command[],
): ContainerVariables {
  const told = commands.filter(({ assignments }) => assignments.size > 0);
  if (told.length === 0) return variables;
  const known = new Map(variables.known);
  const hidden = new Set(variables.hidden);
  for (const { assignments, words } of told) {
    const path = words[0]?.path;
    if (!path) continue;
    for (const [name, value] of assignments) {
      known.set(name, { value, path });
      hidden.delete(name);
    }
  }
  return { ...variables, known, hidden };
}
