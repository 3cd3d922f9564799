import { LOG_LEVELS, type LogLevel } from './app-log.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment variables of a server or a function say, besides the credentials, which Probot reads itself. */
export interface ServerSettings {
  readonly webhookSecret: string;
  /** The secret before; deliveries signed with it are taken while a new one is brought in. */
  readonly formerSecret: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly webhookPath: string;
  readonly logLevel: LogLevel;
  readonly configuration: string;
  readonly concurrency: number;
  /** Reviews of one installation at the same time. */
  readonly concurrencyPerInstallation: number;
  /** A web address that a rule's file name is appended to. */
  readonly rulePages: string | undefined;
  /** Whether helm and kustomize are started when they are on the path. */
  readonly render: boolean;
  /** Whether a start asks GitHub for the deliveries that failed in the meantime. */
  readonly redeliver: boolean;
}

/** The environment asks for something that cannot be; the message names the variable and never a value that is secret. */
export class SettingsMistake extends Error {
  override readonly name = 'SettingsMistake';
}

/** Whether there are the credentials of an App; without them a server shows how to get some. */
export function hasCredentials(env: Environment): boolean {
  return (
    given(env, 'APP_ID') !== undefined &&
    (given(env, 'PRIVATE_KEY') ?? given(env, 'PRIVATE_KEY_PATH')) !== undefined
  );
}

/** @throws SettingsMistake */
export function serverSettings(env: Environment): ServerSettings {
  const webhookSecret = given(env, 'WEBHOOK_SECRET');
  if (webhookSecret === undefined) {
    throw new SettingsMistake('WEBHOOK_SECRET is missing: without it anybody could send webhooks.');
  }
  const concurrency = numberOf(env, 'CONCURRENCY', 2, 64);
  return {
    ...{ webhookSecret, concurrency },
    concurrencyPerInstallation: numberOf(env, 'CONCURRENCY_PER_INSTALLATION', concurrency, 64),
    formerSecret: given(env, 'WEBHOOK_SECRET_PREVIOUS'),
    host: given(env, 'HOST') ?? 'localhost',
    port: numberOf(env, 'PORT', 3000, 65_535),
    webhookPath: given(env, 'WEBHOOK_PATH') ?? '/api/github/webhooks',
    logLevel: logLevelOf(env),
    configuration: given(env, 'CONFIGURATION') ?? 'default',
    rulePages: addressOf(env, 'RULE_PAGES_URL'),
    render: given(env, 'RENDER') !== 'off',
    redeliver: given(env, 'REDELIVER') !== 'off',
  };
}

function given(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function numberOf(env: Environment, name: string, otherwise: number, most: number): number {
  const text = given(env, name);
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new SettingsMistake(`${name} must be a whole number from 1 to ${most}.`);
}

function logLevelOf(env: Environment): LogLevel {
  const text = given(env, 'LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((each) => each === text);
  if (level) return level;
  throw new SettingsMistake(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
}

function addressOf(env: Environment, name: string): string | undefined {
  const text = given(env, name);
  if (text === undefined) return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
    return new URL(text).href.replace(/\/*$/, '/');
  throw new SettingsMistake(`${name} must be an address that begins with https://.`);
}
