import type { Environment } from '../environments/environment.ts';
import { chartOfTemplate, templatesOf } from '../render/chart-templates.ts';
import type { Repository } from '../render/repository.ts';
import type { Unchecked } from '../vocabulary.ts';
import type { ProblemKind } from '../yaml/document.ts';
import type { ChangedFiles } from './changed-files.ts';

/** Problems that hide what a document says; the others are findings, or told and read all the same. */
const UNREAD: ReadonlySet<ProblemKind> = new Set(['template', 'limit']);

/**
 * Changed files that could not be read, or that hold manifests and belong to no environment: silence about them is not
 * "fine". Nor is silence about a kustomization that does not build, or about the values of a chart whose templates nobody
 * rendered. Other YAML (workflows) is none of our business.
 */
export function notJudgedFiles(
  { paths, manifests }: ChangedFiles,
  head: Repository,
  environments: readonly Environment[],
): string[] {
  const omitted = head.snapshot.omitted.map(({ path }) => path).filter((path) => paths.has(path));
  const unjudged = manifests.filter((path) => {
    const isLost = head.has(path) && !head.files.has(path);
    return isLost || isNotJudged(path, head, environments);
  });
  return [...new Set([...omitted, ...unjudged])].sort();
}

function isNotJudged(path: string, head: Repository, environments: readonly Environment[]): boolean {
  const file = head.files.get(path);
  if (environments.some(({ unbuilt, silent }) => unbuilt?.has(path) || silent?.has(path))) return true;
  if (!file || environments.some(({ rendered }) => rendered?.has(path))) return false;
  if (file.parsed.problems.some(({ kind }) => UNREAD.has(kind))) return true;
  if (isValuesOfUnknown(path, head, environments)) return true;
  return file.resources.length > 0 && !environments.some((environment) => environment.files.has(path));
}

/** The values of a chart of the repository with templates of its own, and nothing read of it but its name. */
function isValuesOfUnknown(path: string, head: Repository, environments: readonly Environment[]): boolean {
  const slash = path.lastIndexOf('/') + 1;
  const dir = path.slice(0, slash);
  if (!/^values[\w.-]*\.ya?ml$/.test(path.slice(slash)) || !head.has(`${dir}Chart.yaml`)) return false;
  const declared = environments.flatMap(({ charts }) => charts);
  if (declared.some(({ at }) => at.file.startsWith(dir))) return false;
  return [...head.files.keys()].some((file) => file.startsWith(`${dir}templates/`));
}

/** What could not be read of the files themselves, without the charts that were rendered after all. */
export function stillUnread(files: Repository, environments: readonly Environment[]): Unchecked[] {
  const rendered = environments.flatMap((environment) => [...(environment.rendered ?? [])]);
  const charts = rendered.flatMap((path) => chartOfTemplate(path, (name) => files.has(name)) ?? []);
  const read = new Set(charts.map(templatesOf));
  return files.unchecked.filter(({ what }) => !read.has(what));
}
