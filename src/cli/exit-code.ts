/** What the process ends with; the same in every format. */
export const EXIT = {
  /** Nothing at the level of `--fail-on`. */
  ok: 0,
  /** Findings at that level. */
  findings: 1,
  /** The command line or the settings are wrong. */
  usage: 2,
  /** No review came about: no such commit, unreadable files, a defect of ours. */
  failed: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
