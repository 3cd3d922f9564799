/**
 * Hidden marks by which we find again what we wrote. A mark proves nothing by itself, since anybody can paste one: whoever
 * looks for it also asks who the author is.
 */

/** What the first line of a review's comment says about it. */
export interface CommentMarker {
  /** One comment for each: several workflows or servers may review the same pull request with other settings. */
  readonly configuration: string;
  /** The commit that the comment is about. */
  readonly headSha: string;
}

const COMMENT = /^<!-- istio-upgrade-guard:review configuration=([\w.-]{1,64}) head=([0-9a-f]{40,64}) -->/;
const SUGGESTION = /<!-- istio-upgrade-guard:suggestion ([\w-]{1,128}) -->/;

export function commentMarker({ configuration, headSha }: CommentMarker): string {
  return `<!-- istio-upgrade-guard:review configuration=${markerName(configuration)} head=${headSha} -->`;
}

export function readCommentMarker(body: string): CommentMarker | undefined {
  const [, configuration, headSha] = COMMENT.exec(body) ?? [];
  return configuration === undefined || headSha === undefined ? undefined : { configuration, headSha };
}

/** A configuration's name as it stands in a mark. */
export function markerName(configuration: string): string {
  return configuration.replace(/[^\w.-]/g, '-').slice(0, 64) || 'default';
}

export function suggestionMarker(key: string): string {
  return `<!-- istio-upgrade-guard:suggestion ${key.replace(/[^\w-]/g, '-').slice(0, 128)} -->`;
}

/** The key of a suggestion that is there already. */
export function readSuggestionMarker(body: string): string | undefined {
  return SUGGESTION.exec(body)?.[1];
}

/** The mark of an answer to something a person did, so that it is not answered twice. */
export function replyMarker(to: string): string {
  return `<!-- istio-upgrade-guard:reply to=${to.replace(/[^\w-]/g, '-')} -->`;
}
