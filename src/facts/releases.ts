import type { IstioVersion } from './versions.ts';

/**
 * The day each minor's support ended (`YYYY-MM-DD`): istio.io, supported releases and end-of-life announcements; 1.5 to 1.7
 * from endoflife.date. A minor is supported until six weeks after the second next one, so later days are announced ones.
 */
const END_OF_LIFE: ReadonlyMap<number, string> = new Map([
  [5, '2020-08-24'],
  [6, '2020-11-21'],
  [7, '2021-02-25'],
  [8, '2021-05-12'],
  [9, '2021-10-08'],
  [10, '2022-01-07'],
  [11, '2022-03-25'],
  [12, '2022-07-12'],
  [13, '2022-10-12'],
  [14, '2022-12-27'],
  [15, '2023-04-04'],
  [16, '2023-07-25'],
  [17, '2023-10-27'],
  [18, '2024-01-04'],
  [19, '2024-04-24'],
  [20, '2024-06-25'],
  [21, '2024-09-27'],
  [22, '2025-01-22'],
  [23, '2025-04-16'],
  [24, '2025-06-24'],
  [25, '2025-09-30'],
  [26, '2025-12-22'],
  [27, '2026-04-07'],
  [28, '2026-07-01'],
  [29, '2026-10-12'],
]);

/** The newest patch of each minor that is known: git tags of istio/istio. */
const LATEST_PATCH: ReadonlyMap<number, number> = new Map([
  [5, 10],
  [6, 14],
  [7, 8],
  [8, 6],
  [9, 9],
  [10, 6],
  [11, 8],
  [12, 9],
  [13, 9],
  [14, 6],
  [15, 7],
  [16, 7],
  [17, 8],
  [18, 7],
  [19, 10],
  [20, 8],
  [21, 6],
  [22, 8],
  [23, 6],
  [24, 6],
  [25, 5],
  [26, 8],
  [27, 9],
  [28, 10],
  [29, 8],
  [30, 5],
  [31, 1],
]);

/** The newest known patch of a minor; `undefined` when none is known. */
export function latestPatch({ major, minor }: IstioVersion): number | undefined {
  return major === 1 ? LATEST_PATCH.get(minor) : undefined;
}

/** The day after which nobody mends this minor (`YYYY-MM-DD`); `undefined` when none is known. */
export function endOfLife({ major, minor }: IstioVersion): string | undefined {
  return major === 1 ? END_OF_LIFE.get(minor) : undefined;
}
