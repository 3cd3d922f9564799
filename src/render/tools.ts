import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';
import { findSandbox, runTool, type Sandbox } from './exec.ts';
import { RENDER_LIMITS, type ToolLimits } from './render-limits.ts';
import { withTree } from './tree.ts';

/** A renderer of this machine. */
export interface Tool {
  readonly name: 'helm' | 'kustomize';
  /** Of Helm or of kustomize, also where kubectl brings it: `4.2.3`. */
  readonly version: string;
  /** Absolute path of the program, and the arguments that make it render (`kustomize`, for kubectl). */
  readonly command: readonly string[];
}

/** The renderers that were found, and why the others cannot be used. */
export interface Tools {
  readonly helm?: Tool;
  readonly kustomize?: Tool;
  /** `helm`: `no helm on the PATH`. One sentence without a full stop for each tool that is not there. */
  readonly missing: Readonly<Partial<Record<Tool['name'], string>>>;
  readonly sandbox: Sandbox;
}

export interface ToolEnvironment {
  /** As the variable PATH. Entries that are not absolute are passed over: they mean whatever lies in the directory. */
  readonly path: string;
  /** Nothing in these directories is started: the repository under review may have brought its own `helm`. */
  readonly untrusted?: readonly string[];
}

/** A program that can be the tool. */
interface Candidate {
  readonly program: string;
  /** Arguments that make it render. */
  readonly render: readonly string[];
  readonly versionArgs: readonly string[];
  /** The version in the output; `undefined` when this is not the output of the program we know. */
  readonly version: (output: string) => string | undefined;
}

const VERSION = /^v?(\d{1,3}\.\d{1,4}\.\d{1,4})(?:[-+][\w.+-]{1,80})?$/;

/** In order of preference. */
const CANDIDATES: Readonly<Record<Tool['name'], readonly Candidate[]>> = {
  helm: [
    {
      program: 'helm',
      render: [],
      versionArgs: ['version', '--template', '{{.Version}}'],
      version: (output) => VERSION.exec(output.trim())?.[1],
    },
  ],
  kustomize: [
    {
      program: 'kustomize',
      render: ['build'],
      versionArgs: ['version'],
      // kustomize 5: `v5.4.3`. kustomize 4: `{Version:kustomize/v4.5.7 GitCommit:... }`.
      version: (output) =>
        VERSION.exec(/^\{Version:kustomize\/(\S{1,80}) /.exec(output)?.[1] ?? output.trim())?.[1],
    },
    {
      program: 'kubectl',
      render: ['kustomize'],
      versionArgs: ['version', '--client', '-o', 'json'],
      version: (output) => VERSION.exec(/"kustomizeVersion": ?"([^"]{1,80})"/.exec(output)?.[1] ?? '')?.[1],
    },
  ],
};

const NOT_FOUND: Readonly<Record<Tool['name'], string>> = {
  helm: 'there is no helm on the PATH',
  kustomize: 'there is neither kustomize nor kubectl on the PATH',
};

/**
 * The versions whose behaviour is known. Helm 3.16 brought `--skip-schema-validation`, without which a schema may make
 * Helm fetch; kustomize 4.5.5 names the origin of objects that transformers touched.
 */
const KNOWN: Record<Tool['name'], (version: readonly number[]) => boolean> = {
  helm: ([major = 0, minor = 0]) => (major === 3 && minor >= 16) || major === 4,
  kustomize: ([major = 0, minor = 0, patch = 0]) =>
    major === 5 || (major === 4 && (minor > 5 || (minor === 5 && patch >= 5))),
};

const PROBE: ToolLimits = { ...RENDER_LIMITS.tool, milliseconds: 5_000, outputBytes: 64 * 1024 };

/** Looks for Helm and kustomize (or kubectl, which holds it), and asks each for its version. Fetches nothing. */
export async function findTools(environment: ToolEnvironment): Promise<Tools> {
  const tools = await withTree(new Map(), async ({ home }): Promise<Tools> => {
    const sandbox = await findSandbox(home, PROBE);
    const helm = await findTool('helm', environment, home, sandbox);
    const kustomize = await findTool('kustomize', environment, home, sandbox);
    return {
      ...(typeof helm === 'string' ? {} : { helm }),
      ...(typeof kustomize === 'string' ? {} : { kustomize }),
      missing: {
        ...(typeof helm === 'string' ? { helm } : {}),
        ...(typeof kustomize === 'string' ? { kustomize } : {}),
      },
      sandbox,
    };
  });
  if ('refused' in tools) throw new Error(tools.refused);
  return tools;
}

/** The tool, or why there is none. */
async function findTool(
  name: Tool['name'],
  environment: ToolEnvironment,
  home: string,
  sandbox: Sandbox,
): Promise<Tool | string> {
  let why: string | undefined;
  for (const candidate of CANDIDATES[name]) {
    const program = programOn(environment, candidate.program);
    if (program === undefined) continue;
    const answer = await versionOf(program, candidate, home, sandbox);
    if ('unusable' in answer) {
      why ??= answer.unusable;
    } else if (KNOWN[name](answer.version.split('.').map(Number))) {
      return { name, version: answer.version, command: [program, ...candidate.render] };
    } else {
      why ??= `${program} is version ${answer.version}, which is not one this program knows`;
    }
  }
  return why ?? NOT_FOUND[name];
}

async function versionOf(
  program: string,
  { versionArgs, version: versionIn }: Candidate,
  home: string,
  sandbox: Sandbox,
): Promise<{ readonly version: string } | { readonly unusable: string }> {
  const result = await runTool([program, ...versionArgs], { cwd: home, home, limits: PROBE, sandbox });
  if (result.outcome === 'stopped')
    return { unusable: `${program} ${result.why} when asked for its version` };
  const version = result.code === 0 ? versionIn(result.stdout.toString()) : undefined;
  return version === undefined
    ? { unusable: `${program} does not tell its version as the program of that name does` }
    : { version };
}

/** The first executable file of that name on the path, as a shell would find it. */
function programOn({ path, untrusted = [] }: ToolEnvironment, name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name];
  return path
    .split(delimiter)
    .filter((directory) => isAbsolute(directory) && !untrusted.some((outer) => isInside(directory, outer)))
    .flatMap((directory) => names.map((file) => join(directory, file)))
    .find(isProgram);
}

function isInside(directory: string, outer: string): boolean {
  const between = relative(outer, directory);
  return between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
