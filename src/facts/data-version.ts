/** What the built-in knowledge of Istio's releases covers, and when it was last brought up to date. */
export interface DataVersion {
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The oldest and the newest minor it describes. */
  readonly oldest: string;
  readonly newest: string;
}

/** `npm run facts` checks it, and moves it on when it refreshes the table of releases. */
export const DATA_VERSION: DataVersion = { asOf: '2026-09-25', oldest: '1.5', newest: '1.31' };
