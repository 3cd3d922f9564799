import type { JobResult } from '../github/review-job.ts';
import { toMarkdown } from '../report/markdown.ts';

/** The promotion plan of every environment that has one. */
export function planAnswer({ review }: JobResult): string {
  const planned = review.environments.filter(({ plan }) => plan !== undefined);
  if (planned.length === 0) return 'There is nothing to promote with this change, so there is no plan.';
  return toMarkdown({ ...review, environments: planned });
}
