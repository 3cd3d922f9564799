import type { Repository } from '../render/repository.ts';
import type { Environment, ScriptLine } from './environment.ts';

/** Scripts that are read: far more than a repository has that install anything, few enough to fetch one by one. */
const MOST_FILES = 60;
const MOST_BYTES = 128 * 1024;
const MOST_LINES = 200;
const LONGEST_LINE = 1000;

/** Shell scripts, make and task files, container files, CI of the usual services, and pins of tools. */
const SCRIPT =
  /(?:^|\/)(?:[^/]+\.(?:sh|bash|zsh|mk|ps1)|(?:GNU)?[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Jenkinsfile|(?:[^/]+\.)?Dockerfile(?:\.[^/]+)?|\.tool-versions|go\.mod|\.?mise\.toml|\.gitlab-ci\.ya?ml|\.travis\.yml|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|cloudbuild\.ya?ml|\.circleci\/config\.yml|\.github\/(?:workflows\/[^/]+|actions\/(?:[^/]+\/)*action)\.ya?ml)$/;

/** Folders whose scripts say nothing of what is deployed. */
const ASIDE =
  /(?:^|\/)(?:node_modules|vendor|third_party|test|tests|testdata|e2e|examples?|samples?|docs?)\//;

/** A line that speaks of Istio, of the API its gateways are written in, or waits for something like a gateway. */
const SPEAKS = /istio|gateway-api|\bkubectl\b.*\bwait\b/i;

/**
 * The lines of a repository's scripts and CI files that speak of Istio, continued lines joined, in order of path and line.
 * `known` keeps what a script says by its content, so that both sides of a review fetch it once.
 */
export async function scriptLines(
  repository: Repository,
  known: Map<string, readonly ScriptLine[]> = new Map(),
): Promise<ScriptLine[]> {
  const scripts = repository.snapshot
    .list()
    .filter(
      ({ path, kind, size = 0 }) =>
        kind === 'file' && size <= MOST_BYTES && SCRIPT.test(path) && !ASIDE.test(path),
    )
    .slice(0, MOST_FILES);
  const read = scripts.map(async ({ path, blob }) => {
    const key = `${blob} ${path}`;
    const lines = known.get(key) ?? linesOf((await repository.text(path)) ?? '', path);
    known.set(key, lines);
    return lines;
  });
  return (await Promise.all(read)).flat().slice(0, MOST_LINES);
}

function linesOf(text: string, file: string): ScriptLine[] {
  if (!SPEAKS.test(text)) return [];
  const found: ScriptLine[] = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const first = index;
    let whole = lines[index] ?? '';
    while (/\\\s*$/.test(whole.slice(-20)) && index + 1 < lines.length && whole.length < LONGEST_LINE) {
      index++;
      whole = `${whole.replace(/\\\s*$/, '')} ${(lines[index] ?? '').trim()}`;
    }
    if (!SPEAKS.test(whole) || whole.length > LONGEST_LINE || /^\s*(?:#|\/\/)/.test(whole)) continue;
    const column = whole.length - whole.trimStart().length + 1;
    const asked = /get-istioctl/.test(whole) ? versionBelow(lines, index) : '';
    const at = { file, line: first + 1, column, endLine: index + 1 };
    found.push({ text: `${whole.trim()}${asked}`, at });
  }
  return found;
}

/** `uses: istio/get-istioctl` takes its version from the input below it. */
function versionBelow(lines: readonly string[], index: number): string {
  const below = lines.slice(index + 1, index + 5).map((line) => line.trim());
  const version = below.find((line) => /^(?:version|istio-version|istioctl-version):/.test(line));
  return version === undefined ? '' : ` ${version}`;
}

/**
 * Gives environments the scripts that concern them: those among their own files, and the only environment of a repository
 * all of them.
 */
export function withScripts(
  environments: readonly Environment[],
  lines: readonly ScriptLine[],
): readonly Environment[] {
  if (lines.length === 0) return environments;
  return environments.map((environment) => {
    const roots = environment.roots.filter((root) => root !== '.' && root !== '');
    const own =
      environments.length === 1
        ? lines
        : lines.filter(({ at }) => roots.some((root) => at.file.startsWith(`${root}/`)));
    if (own.length === 0) return environment;
    const files = new Set([...environment.files, ...own.map(({ at }) => at.file)]);
    return { ...environment, scripts: own, files };
  });
}
