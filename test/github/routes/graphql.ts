import type { FakeRepository } from '../fake-repository.ts';
import { json, type Answer, type RouteContext } from '../protocol.ts';

const SHAPE =
  /^query\s*\(\$owner: String!, \$repo: String!\)\s*\{\s*repository\(owner: \$owner, name: \$repo\)\s*\{([^]*)\}\s*\}\s*$/;
const FIELD = /^(\w+): object\(oid: "([0-9a-f]{40})"\) \{ \.\.\. on Blob \{ ([a-zA-Z ]+) \} \}$/;

const PULL = /^pullRequest\(number: (\d+)\) \{ state headRefOid baseRefName \}$/;

/** The two queries we send: who the token belongs to, and blobs by id as aliases of `object`, perhaps with a pull request. Anything else is refused, as GitHub refuses what it cannot parse. */
export function graphql({ fake, body, identity }: RouteContext): Answer {
  const { query, variables } = body as { query: string; variables: { owner: string; repo: string } };
  if (query.trim() === 'query { viewer { login } }')
    return json(200, { data: { viewer: { login: identity.login } } });
  const inside = SHAPE.exec(query.trim())?.[1];
  const lines = inside?.trim().split(/\s*\n\s*/) ?? [];
  const number = PULL.exec(lines.at(-1) ?? '')?.[1];
  if (number !== undefined) lines.pop();
  const fields = lines.map((line) => FIELD.exec(line));
  if (inside === undefined || fields.includes(null)) {
    fake.problems.push(`graphql: a query the fake cannot read: ${query.slice(0, 200)}`);
    return errors([{ message: 'Parse error' }]);
  }
  if (fields.length > 500) return errors([{ type: 'MAX_NODE_LIMIT_EXCEEDED', message: 'too many' }]);
  if (identity.permissions['contents'] === undefined) {
    return errors([{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }], {
      repository: null,
    });
  }
  const repository = fake.find(variables.owner, variables.repo);
  const hidden = identity.repositories?.includes(`${variables.owner}/${variables.repo}`) === false;
  if (!repository || hidden) {
    const message = `Could not resolve to a Repository with the name '${variables.owner}/${variables.repo}'.`;
    return errors([{ type: 'NOT_FOUND', message }], { repository: null });
  }
  const blobs = fields.map((field) => {
    const [, alias = '', oid = '', wanted = ''] = field!;
    return [alias, blob(repository.git.blobs.get(oid), oid, wanted.split(' '), fake.textLimit)];
  });
  const found = { ...(Object.fromEntries(blobs) as object), ...pullRequest(repository, number) };
  return json(200, { data: { repository: found } });
}

function pullRequest({ pulls }: FakeRepository, number: string | undefined): object {
  if (number === undefined) return {};
  const pull = pulls.get(Number(number));
  if (!pull) return { pullRequest: null };
  const { state, headSha, base } = pull;
  return { pullRequest: { state: state.toUpperCase(), headRefOid: headSha, baseRefName: base } };
}

function blob(bytes: Buffer | undefined, oid: string, wanted: readonly string[], textLimit: number): unknown {
  if (!bytes) return null;
  const isBinary = bytes.includes(0);
  const isTruncated = bytes.length > textLimit;
  const text = isBinary ? null : bytes.subarray(0, textLimit).toString('utf8');
  const all: Record<string, unknown> = { oid, byteSize: bytes.length, isBinary, isTruncated, text };
  return Object.fromEntries(wanted.map((name) => [name, all[name]]));
}

function errors(list: readonly object[], data: unknown = null): Answer {
  return json(200, { data, errors: list });
}

/** The quota of GraphQL is used up: said with status 200. */
export function graphqlRateLimited(): Answer {
  return errors([{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 1.' }]);
}
