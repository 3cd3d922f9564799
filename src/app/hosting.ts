import { createProbot, ProbotOctokit, type Logger, type Probot } from 'probot';
import { rulePagesIn } from '../cli/rule-page.ts';
import { CommentMemory } from '../github/comment-memory.ts';
import { toolRenderers } from '../render/renderers.ts';
import { findTools } from '../render/tools.ts';
import { rulePageName } from '../rules/page-name.ts';
import { RepositoryCache } from '../source/repository-cache.ts';
import type { AppOptions } from './app.ts';
import { createLog, type AppLog } from './app-log.ts';
import type { Environment, ServerSettings } from './server-settings.ts';

/** The log of a process: one JSON object a line on standard output. */
export function processLog({ logLevel }: Pick<ServerSettings, 'logLevel'>): AppLog {
  return createLog(logLevel, (line) => process.stdout.write(line), Date.now);
}

/** What a process gives the App: its cache, its clock, the tools on its path, the pages of the rules beside the program. */
export async function appOptions(
  settings: ServerSettings,
  env: Environment,
  log: AppLog,
  rulePagesFolder: URL,
): Promise<AppOptions> {
  const { rulePages, configuration, concurrency, concurrencyPerInstallation } = settings;
  const tools = settings.render ? await findTools({ path: env['PATH'] ?? '', untrusted: [] }) : undefined;
  return {
    ...{ cache: new RepositoryCache(), comments: new CommentMemory(), now: () => new Date() },
    ...{ configuration, concurrency, concurrencyPerInstallation, log },
    ...(rulePages !== undefined && { rulePage: (rule: string) => `${rulePages}${rulePageName(rule)}` }),
    ...(tools && (tools.helm ?? tools.kustomize) && { renderers: toolRenderers(tools) }),
    readRulePage: rulePagesIn(rulePagesFolder),
  };
}

/** Probot with the credentials of the environment, our log, and limits that are ours to wait for. */
export function hostedProbot(settings: ServerSettings, env: Environment, log: AppLog): Probot {
  return createProbot({
    env: { ...env },
    overrides: { secret: settings.webhookSecret, log: log as unknown as Logger, Octokit: PatientOctokit },
  });
}

/** Answers after which the same request fails again; 429 is a limit, which the queue waits out with its slot free. */
const DO_NOT_RETRY = [400, 401, 403, 404, 410, 422, 429, 451];

/** Throws limits at once: Probot would hold the request, and with it a place in the queue, for up to an hour. */
const PatientOctokit = ProbotOctokit.defaults((instance: { throttle?: object }) => ({
  ...instance,
  retry: { doNotRetry: DO_NOT_RETRY },
  throttle: { ...instance.throttle, onRateLimit: () => false, onSecondaryRateLimit: () => false },
}));
