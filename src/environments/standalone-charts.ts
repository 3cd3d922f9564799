import { assemble, type Contribution } from './assemble.ts';
import { chartContribution } from './chart-contribution.ts';
import type { Build, Environment } from './environment.ts';
import { joinPath } from './repository-path.ts';
import { asText, fieldAt } from '../untyped.ts';
import type { Workspace } from './workspace.ts';

const OWN_VALUES = 'the chart, with its own default values';

/**
 * A chart that nothing here deploys, as its own defaults have it. Whoever installs it may choose other values, so it may
 * also create anything else.
 */
export function standaloneChart(dir: string, workspace: Workspace): Contribution {
  const chart = workspace.repository.files.get(joinPath(dir, 'Chart.yaml'))?.parsed.documents[0]?.value;
  const releaseName = asText(fieldAt(chart, 'name'));
  const release = {
    path: dir,
    releaseName,
    isNameGuessed: true,
    namespace: '',
    valuesFiles: [],
    includeCrds: true,
  };
  const part = chartContribution(dir, workspace, undefined, { release, by: [] });
  if (!part.rendered)
    return { ...part, builds: (part.builds ?? []).filter(({ refused }) => !isOfValues(refused)) };
  const opaque = [{ what: `chart ${dir || '.'} with other values`, namespaces: undefined }];
  const assumed = new Map([...part.rendered].map((file) => [file, OWN_VALUES] as const));
  return { ...part, opaque: [...opaque, ...part.opaque], assumed };
}

/**
 * Charts that a change touches and that no environment deploys as far as the repository shows: each on its own, where a
 * tool can render it. Empty without one: an unrendered chart says nothing by itself.
 */
export function standaloneCharts(environments: readonly Environment[], workspace: Workspace): Environment[] {
  const { charts, directories, renderings } = workspace;
  const undeployed = [...charts].filter(
    (dir) =>
      !workspace.isInChart(joinPath(dir, 'Chart.yaml')) &&
      !directories.isSetAside(`${dir}/`) &&
      renderings.isWanted(directories.filesBelow(dir), dir) &&
      !environments.some(({ files }) => files.has(joinPath(dir, 'Chart.yaml'))),
  );
  return undeployed.map((dir) => {
    const identity = {
      name: dir || 'default',
      roots: [dir],
      because: 'a chart, with its own default values',
    };
    return assemble(identity, [standaloneChart(dir, workspace)]);
  });
}

/** Helm stopped while it ran a template (`executing "..." at <...>`): with the values that somebody installs it with, it may not. */
function isOfValues(refused: Build['refused']): boolean {
  return refused !== undefined && /\bexecuting "/.test(refused.why);
}
