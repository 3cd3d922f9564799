import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createNodeMiddleware, type Probot } from 'probot';
import { createApp } from './app.ts';
import type { AppLog } from './app-log.ts';
import { appOptions, hostedProbot, processLog } from './hosting.ts';
import { httpServer } from './http-server.ts';
import { hasCredentials, serverSettings, type Environment, type ServerSettings } from './server-settings.ts';
import { redeliverFailed } from './redeliver.ts';
import { showSetup } from './setup.ts';

export { SettingsMistake } from './server-settings.ts';

/** What a running server lets its caller do. */
export interface RunningServer {
  readonly port: number;
  /** Takes no more webhooks and lets running reviews end, for so long at most. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** With the time to conclude checks less than what Docker and Kubernetes give by default before they kill. Milliseconds. */
const GRACE = 7000;

/**
 * `serve`: the App as a server, until SIGTERM or SIGINT. Without credentials it shows the setup page instead.
 * @param root the folder of the package: `app.yml`, `docs/rules`.
 * @throws SettingsMistake
 */
export async function serve(env: Environment, cwd: string, root: URL): Promise<void> {
  loadDotEnv(join(cwd, '.env'));
  const full = { ...process.env, ...env };
  if (!hasCredentials(full)) return showSetup(root, cwd);
  const settings = serverSettings(full);
  const log = processLog(settings);
  const server = await startServer(settings, full, log, root);
  log.info({ port: server.port }, `Listening on ${settings.host}.`);
  await new Promise<void>((stopped) => {
    const stop = () => void server.stop(GRACE).then(stopped);
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
  log.info('Stopped.');
}

/** Starts listening. */
export async function startServer(
  settings: ServerSettings,
  env: Environment,
  log: AppLog,
  root: URL,
): Promise<RunningServer> {
  const app = createApp(await appOptions(settings, env, log, new URL('docs/rules/', root)));
  const probot = hostedProbot(settings, env, log);
  const webhooks = await createNodeMiddleware(app.load, { probot, webhooksPath: settings.webhookPath });
  let stopping = false;
  const server = httpServer(settings, {
    webhooks,
    health: () => ({ ok: !stopping, pending: app.pending() }),
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(settings.port, settings.host, listening);
  });
  const closing = new AbortController();
  const askAgain = () => void catchUp(probot, log, closing.signal);
  if (settings.redeliver) askAgain();
  const timer = settings.redeliver ? setInterval(askAgain, ONE_HOUR) : undefined;
  return {
    port: (server.address() as AddressInfo).port,
    stop: async (graceMs) => {
      stopping = true;
      closing.abort();
      clearInterval(timer);
      const closed = new Promise((done) => server.close(done));
      await app.close(graceMs);
      server.closeAllConnections();
      await closed;
    },
  };
}

const ONE_HOUR = 3_600_000;
/** How long the server may have been away. Milliseconds. */
const ONE_DAY = 86_400_000;

/** What failed while the server was away or busy; that it cannot be asked for now is no reason not to serve. */
async function catchUp(probot: Probot, log: AppLog, signal: AbortSignal): Promise<void> {
  try {
    const count = await redeliverFailed(await probot.auth(), new Date(Date.now() - ONE_DAY), signal);
    if (count > 0) log.info(`Asked GitHub to deliver ${count} failed webhooks again.`);
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'GitHub could not be asked for failed webhooks.');
  }
}

function loadDotEnv(path: string): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
