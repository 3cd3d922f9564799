import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from 'probot';

/**
 * Probot's setup page, for a first start without credentials: it registers an App from `app.yml` and stores what GitHub gives
 * in `.env` of the folder the server was started in.
 * @param root where `app.yml` and `package.json` are, which Probot looks for in the working directory.
 */
export async function showSetup(root: URL, startedIn: string): Promise<void> {
  process.chdir(fileURLToPath(root));
  // Probot would fetch and start a program from the registry to get a public address; whoever needs one names it.
  process.env['NO_SMEE_SETUP'] ??= 'true';
  const updateEnv = (values: Readonly<Record<string, string | undefined>>) => {
    void storeCredentials(join(startedIn, '.env'), values);
    return values;
  };
  await run(() => undefined, { updateEnv: updateEnv });
}

/** Writes the values into an `.env` file, in the place of what it said of them before; only its owner may read it. */
export async function storeCredentials(
  path: string,
  values: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => '');
  const names = Object.keys(values);
  const kept = before
    .split('\n')
    .filter((line) => line !== '' && !names.some((name) => line.startsWith(`${name}=`)));
  const added = Object.entries(values).map(([name, value = '']) => `${name}=${oneLine(value)}`);
  await writeFile(path, `${[...kept, ...added].join('\n')}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

/** A key has several lines; written on one, in quotes, it is read back with its line breaks. */
function oneLine(value: string): string {
  return value.trim().replaceAll('\r', '').replaceAll('\n', '\\n');
}
