import { FORMATS, PLAN_FORMATS } from '../report/formats.ts';

/** An option of a command. With `value` it takes one, named so in the help. */
export interface Option {
  readonly value?: string;
  readonly repeatable?: true;
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

const HELP: Options = { help: { help: 'show this help' } };

const REPORT: Options = {
  format: { value: 'FORMAT', help: FORMATS.join(', ') },
  output: { value: 'FILE', help: 'write the report to FILE instead of standard output' },
  config: { value: 'FILE', help: 'settings file, instead of .github/istio-upgrade-guard.yml' },
  rules: { value: 'A,B', help: 'check only these rules' },
  environment: { value: 'NAME', help: 'look only at this environment' },
  'fail-on': { value: 'LEVEL', help: 'error (default), warning, info or never: what exit code 1 is for' },
  'no-render': { help: 'start no helm and no kustomize, even where they are on the PATH' },
  suppress: {
    value: 'RULE=RESOURCE',
    repeatable: true,
    help: "leave out findings: 'IST0101=VirtualService shop/*'",
  },
};

const REVIEW: Options = {
  repo: { value: 'DIR', help: 'the git repository (default: the working directory)' },
  base: { value: 'REF', help: 'compare with this commit (default: merge base with the default branch)' },
  head: { value: 'REF', help: 'the commit to review (default: HEAD)' },
  worktree: { help: 'review the working tree instead of a commit' },
  'base-dir': { value: 'DIR', help: 'compare directories, without git' },
  'head-dir': { value: 'DIR', help: 'the directory to review' },
  ...REPORT,
  ...HELP,
};

/** A command as its help describes it. */
export interface Command {
  readonly summary: string;
  readonly usage: readonly string[];
  readonly options: Options;
}

export const COMMANDS = {
  review: {
    summary:
      'what a change does to the mesh: changes of revisions and injection, findings it introduces or fixes',
    usage: [
      'review [--repo DIR] [--base REF] [--head REF | --worktree]',
      'review --base-dir DIR --head-dir DIR',
    ],
    options: REVIEW,
  },
  analyze: {
    summary: 'every rule over one tree, without comparison',
    usage: ['analyze PATH...   (files or directories; - is standard input)'],
    options: {
      'closed-world': { help: 'these files are the whole mesh: what they lack does not exist' },
      namespace: { value: 'NS', help: 'namespace of objects that name none' },
      'mesh-config': { value: 'FILE', help: 'a MeshConfig, instead of the one in the files' },
      'mesh-networks': { value: 'FILE', help: 'a MeshNetworks, instead of the one in the files' },
      cluster: { value: 'NAME=PATH', repeatable: true, help: 'this path is an environment of its own' },
      ...REPORT,
      ...HELP,
    },
  },
  rules: {
    summary: 'list every rule',
    usage: ['rules [--format terminal|markdown|json]'],
    options: { format: { value: 'FORMAT', help: 'terminal, markdown, json' }, ...HELP },
  },
  explain: {
    summary: 'what one rule checks, why, and what to do',
    usage: ['explain RULE'],
    options: HELP,
  },
  plan: {
    summary: 'the promotion plan alone: where each environment stands, and every step from there',
    usage: ['plan [--repo DIR] [--base REF] [--head REF | --worktree]', 'plan --base-dir DIR --head-dir DIR'],
    options: { ...REVIEW, format: { value: 'FORMAT', help: PLAN_FORMATS.join(', ') } },
  },
  precheck: {
    summary: 'a live cluster as it stands, or what applying manifests or another version does to it',
    usage: [
      'precheck [--context CTX]   (the cluster as it stands)',
      'precheck PATH...           (what applying these manifests does)',
      'precheck --to-version V    (what another version of Istio does)',
    ],
    options: {
      context: { value: 'CTX', help: 'context of the kubeconfig (default: the current one)' },
      kubeconfig: { value: 'FILE', help: 'instead of KUBECONFIG, ~/.kube/config or the service account' },
      namespace: { value: 'NS', help: 'read only this namespace and those of the control planes' },
      'from-version': { value: 'V', help: 'the Istio version the upgrade starts at (default: what runs)' },
      'to-version': { value: 'V', help: 'the Istio version the upgrade goes to' },
      revision: { value: 'REV', help: 'the revision that the versions are about (default: all)' },
      ...REPORT,
      ...HELP,
    },
  },
  serve: {
    summary: 'the GitHub App as a server; without credentials, the page that registers one',
    usage: ['serve   (settings are environment variables, see docs/app.md)'],
    options: HELP,
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
