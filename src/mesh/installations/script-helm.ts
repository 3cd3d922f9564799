import type { ScriptLine } from '../../environments/environment.ts';
import type { ChartRelease } from './installation.ts';
import { istioChart } from './istio-charts.ts';
import { setValues } from './set-values.ts';
import { flagValues, shellCommands } from './shell-words.ts';

/** Releases of Istio's charts that scripts install: `helm upgrade --install istiod istio/istiod --version 1.28.3`. */
export function scriptReleases(lines: readonly ScriptLine[]): ChartRelease[] {
  return lines.flatMap((line) => shellCommands(line.text).flatMap((words) => releaseIn(words, line)));
}

/** A reference to a chart: of a repository by its short name, or an OCI address. */
const REFERENCE = /^(?:oci:\/\/\S+|[\w.-]+)\/[\w-]+$/;

function releaseIn(words: readonly string[], line: ScriptLine): ChartRelease[] {
  const helm = words.findIndex((word) => /(?:^|\/)helm$/.test(word));
  const command = words.slice(helm + 1);
  if (helm < 0 || !command.some((word) => word === 'install' || word === 'upgrade')) return [];
  const index = command.findIndex((word) => REFERENCE.test(word) && nameOf(word) !== '');
  const reference = command[index] ?? '';
  const version = flagValues(command, '--version').at(-1) ?? '';
  const recognised = istioChart({ name: nameOf(reference), repository: reference, version });
  if (!recognised) return [];
  const before = command[index - 1] ?? '';
  const isName = /^[a-z0-9][\w.-]*$/.test(before) && !['install', 'upgrade'].includes(before);
  const { at } = line;
  return [
    {
      ...recognised,
      releaseName: isName ? before : nameOf(reference),
      namespace: flagValues(command, '--namespace', '-n').at(-1) ?? '',
      version,
      versionAt: at,
      installer: 'helm',
      layers: [setValues(flagValues(command, '--set', '--set-string'), at)],
      valuesElsewhere: flagValues(command, '-f', '--values', '--set-file').length > 0,
      confidence: 'likely',
      resource: undefined,
    },
  ];
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
