/** How far down the way to production an environment stands. */
export type StageRank = 'early' | 'middle' | 'production';

const WORDS: Readonly<Record<StageRank, readonly string[]>> = {
  early: ['dev', 'develop', 'development', 'sandbox', 'int', 'integration', 'test', 'testing', 'ci'],
  middle: [
    'qa',
    'uat',
    'sit',
    'perf',
    'stage',
    'staging',
    'stg',
    'preprod',
    'preproduction',
    'nonprod',
    'canary',
  ],
  production: ['prod', 'production', 'prd', 'live'],
};

/** What the name of an environment says of it: `prod-eu`, `staging2`, `pre-prod`; `undefined` when it says nothing. */
export function stageRank(name: string): StageRank | undefined {
  const words = name
    .toLowerCase()
    .replace(/\b(pre|non)[-_](?=prod)/g, '$1')
    .split(/[^a-z]+/);
  const ranks: readonly StageRank[] = ['middle', 'early', 'production'];
  return ranks.find((rank) => words.some((word) => WORDS[rank].includes(word)));
}
