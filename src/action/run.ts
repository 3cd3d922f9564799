import { GitHubError, gitHubError } from '../github/errors.ts';
import { redacted } from '../github/redact.ts';
import { commandMessage } from '../report/escape.ts';
import { SourceError } from '../source/snapshot.ts';
import { ActionError } from './action-error.ts';
import { logLine } from './log-line.ts';
import { runnerContext } from './runner-context.ts';
import { runner } from './runner.ts';
import { Workflow } from './workflow.ts';

/**
 * The action, from the environment of the runner to the exit code: 0, or 1 for findings at the level of `fail-on`, for
 * mistakes in the settings, and when no review came about, which an error annotation then says. Never throws.
 * @param rulePages the folder `docs/rules/` of the action.
 */
export async function run(env: NodeJS.ProcessEnv, now: Date, rulePages: URL): Promise<0 | 1> {
  try {
    return (await runner(runnerContext(env, rulePages), new Workflow(env), now)) ? 1 : 0;
  } catch (error) {
    for (const line of explained(error, now)) process.stdout.write(`${line}\n`);
    return 1;
  }
}

function explained(error: unknown, now: Date): string[] {
  const known = gitHubError(error, now.getTime()) ?? error;
  if (known instanceof ActionError || known instanceof SourceError || known instanceof GitHubError) {
    return [
      `::error title=Istio Upgrade Guard::${commandMessage([redacted(`${known.message} ${known.advice}`.trim())])}`,
    ];
  }
  const defect = known instanceof Error ? (known.stack ?? known.message) : String(known);
  return [
    ...defect.split('\n').map((line) => logLine(line)),
    '::error title=Istio Upgrade Guard::This is a defect of the action; nothing was reviewed. Please report it, with the lines above.',
  ];
}
