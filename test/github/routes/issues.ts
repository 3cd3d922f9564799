import type { FakeComment } from '../fake-repository.ts';
import { sample } from '../sample.ts';
import {
  invalid,
  json,
  notFound,
  page,
  type Answer,
  type Identity,
  type Route,
  type RouteContext,
} from '../protocol.ts';

/** Code points a comment may have; GitHub's own words are in the answer. */
const LONGEST_BODY = 65_536;

export const ISSUE_ROUTES: Readonly<Record<string, Route>> = {
  'issues/list-comments': (context) => {
    const issue = Number(context.params['issue_number']);
    return page(context, context.repository.comments.filter((each) => each.issue === issue).map(commentOf));
  },
  'issues/get-comment': (context) => withComment(context, (comment) => json(200, commentOf(comment))),
  'issues/create-comment': ({ repository, params, body, identity }) => {
    const text = String(body['body']);
    if (tooLong(text)) return TOO_LONG;
    return json(201, commentOf(repository.comment(Number(params['issue_number']), text, identity)));
  },
  'issues/update-comment': (context) =>
    withComment(context, (comment) => {
      const text = String(context.body['body']);
      if (tooLong(text)) return TOO_LONG;
      comment.body = text;
      comment.updatedAt = '2026-01-01T01:00:00Z';
      return json(200, commentOf(comment));
    }),
  'issues/delete-comment': (context) =>
    withComment(context, (comment) => {
      context.repository.comments.splice(context.repository.comments.indexOf(comment), 1);
      return { status: 204 };
    }),
  'reactions/create-for-issue-comment': (context) =>
    withComment(context, (comment) => {
      const content = String(context.body['content']);
      comment.reactions.push(content);
      return json(
        201,
        sample('reaction', { id: context.repository.nextId(), content, user: userOf(context.identity) }),
      );
    }),
};

const TOO_LONG = invalid('Validation Failed: Body is too long (maximum is 65536 characters)');

function tooLong(text: string): boolean {
  return Array.from(text).length > LONGEST_BODY;
}

function withComment({ repository, params }: RouteContext, use: (comment: FakeComment) => Answer): Answer {
  const comment = repository.comments.find(({ id }) => id === Number(params['comment_id']));
  return comment ? use(comment) : notFound();
}

function commentOf({ id, body, author, createdAt, updatedAt, issue }: FakeComment): Record<string, unknown> {
  return sample('issue-comment', {
    ...{ id, body, user: userOf(author), created_at: createdAt, updated_at: updatedAt },
    issue_url: `https://api.github.com/issues/${issue}`,
    html_url: `https://github.com/pull/${issue}#issuecomment-${id}`,
  });
}

export function userOf({ login, id, type }: Identity): Record<string, unknown> {
  return sample('simple-user', { login, id, type });
}
