import { LEVELS, type Level } from '../vocabulary.ts';
import type { Review } from './review.ts';
import { currentFindings } from './sections.ts';

/** Whether a finding of `level` counts against a threshold. */
export function reaches(level: Level, failOn: Level | 'never'): boolean {
  return failOn !== 'never' && LEVELS.indexOf(level) <= LEVELS.indexOf(failOn);
}

/**
 * Whether a review fails: an introduced finding (in `analyze` any finding) is at the level of `failOn` or worse. The exit
 * code, JUnit and the check all ask this one question.
 */
export function fails(review: Review, failOn: Level | 'never'): boolean {
  return currentFindings(review).some(({ level }) => reaches(level, failOn));
}
