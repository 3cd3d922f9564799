import type { SettingsProblem } from '../config/load.ts';
import { toMarkdown, type MarkdownOptions } from '../report/markdown.ts';
import type { RulePage } from '../report/markdown-entries.ts';
import { commentMarker } from './markers.ts';
import { permalinks } from './permalinks.ts';
import type { JobResult } from './review-job.ts';

/** How a review is shown on GitHub, besides the review itself. */
export interface Presentation {
  /** The repository's page, such as `https://github.com/acme/mesh`. */
  readonly repositoryUrl: string;
  readonly headSha: string;
  readonly rulePage?: RulePage;
  /** Further sentences for the reader: what could not be posted, and why. */
  readonly notes?: readonly string[];
}

/** UTF-8 bytes; GitHub counts 65,536 characters, of which none is shorter than a byte. */
const MOST_BYTES = 60_000;

/** The whole comment: our hidden mark, then the review. */
export function commentBody(result: JobResult, configuration: string, presentation: Presentation): string {
  const marker = commentMarker({ configuration, headSha: presentation.headSha });
  const room = MOST_BYTES - marker.length - 1;
  const text = toMarkdown(result.review, { ...pageOptions(result, presentation), maxBytes: room });
  return `${marker}\n${text}`;
}

/** What every page about a review on GitHub has in common: links at the two commits, notes, mistakes in the settings. */
export function pageOptions(result: JobResult, presentation: Presentation): MarkdownOptions {
  const { repositoryUrl, headSha, rulePage, notes = [] } = presentation;
  return {
    linkTo: permalinks(repositoryUrl, { base: result.baseSha, head: headSha }),
    ...(rulePage && { rulePage }),
    notes: [...result.settingsProblems.map(problemSentence), ...result.notes, ...notes],
    settingsFiles: result.settingsFiles,
    elsewhere: 'the check of this commit lists more',
  };
}

function problemSentence({ file, line, message }: SettingsProblem): string {
  return `${file}:${line}: ${message}`;
}
