import type { Arguments } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/**
 * `serve`: the GitHub App as a server, until it is told to stop.
 * @throws UsageError
 */
export async function serveCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const [stray] = args.positionals;
  if (stray !== undefined) throw new UsageError(`serve takes no argument such as "${stray}".`);
  // Loaded only here: Probot takes longer to load than a review of a small repository.
  const { serve, SettingsMistake } = await import('../app/serve.ts');
  const { rulePages } = io;
  if (!rulePages) throw new UsageError('serve needs the installed package: its app.yml and docs/rules.');
  try {
    await serve(io.env, io.cwd, new URL('../../', rulePages));
    return EXIT.ok;
  } catch (error) {
    if (error instanceof SettingsMistake) throw new UsageError(error.message, 'See docs/app.md.');
    throw error;
  }
}
