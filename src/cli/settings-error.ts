import type { SettingsProblem } from '../config/load.ts';

/** The settings file has mistakes: each shown with its place, exit code 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    super('The settings cannot be used.');
    this.problems = problems;
  }
}
