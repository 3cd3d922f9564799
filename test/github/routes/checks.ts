import type { FakeCheck } from '../fake-repository.ts';
import { SCHEMAS, type Schema } from '../openapi.ts';
import { sample, sampleOf } from '../sample.ts';
import { json, notFound, page, type Route } from '../protocol.ts';

/** Check runs belong to the App that made them; every one here is ours. */
const [INTEGRATION = {}] = (SCHEMAS['integration']?.['anyOf'] ?? []) as readonly Schema[];
const OURSELVES = sampleOf(INTEGRATION, { id: 1, slug: 'istio-upgrade-guard' });

export const CHECK_ROUTES: Readonly<Record<string, Route>> = {
  'checks/create': ({ repository, body }) => {
    const check = { id: repository.nextId(), annotations: [] };
    repository.checks.push(updated(check, { status: 'queued', ...body }));
    return json(201, checkOf(repository.checks.at(-1)!));
  },
  'checks/update': ({ repository, params, body }) => {
    const index = repository.checks.findIndex(({ id }) => id === Number(params['check_run_id']));
    const check = repository.checks[index];
    if (!check) return notFound();
    repository.checks[index] = updated(check, body);
    return json(200, checkOf(repository.checks[index]));
  },
  'checks/get': ({ repository, params }) => {
    const check = repository.checks.find(({ id }) => id === Number(params['check_run_id']));
    return check ? json(200, checkOf(check)) : notFound();
  },
  'checks/list-for-ref': (context) => {
    const { repository, params, query } = context;
    const sha = repository.git.resolve(params['ref'] ?? '');
    const name = query.get('check_name');
    const all = repository.checks.filter(
      (check) => check['head_sha'] === sha && (name === null || check['name'] === name),
    );
    const latest = new Map(all.map((check) => [check['name'], check]));
    const found = query.get('filter') === 'all' ? all : [...latest.values()];
    return page(context, found.map(checkOf), (part) => ({ total_count: found.length, check_runs: part }));
  },
};

/** A conclusion completes a run; annotations are appended to those it has. */
function updated(check: FakeCheck, body: Readonly<Record<string, unknown>>): FakeCheck {
  const output = body['output'] as { annotations?: readonly unknown[] } | undefined;
  return {
    ...check,
    ...body,
    ...(body['conclusion'] !== undefined && { status: 'completed' }),
    annotations: [...check.annotations, ...(output?.annotations ?? [])],
  };
}

function checkOf(check: FakeCheck): Record<string, unknown> {
  const { id, annotations } = check;
  const output = (check['output'] ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): unknown => output[name] ?? null;
  return sample('check-run', {
    ...{ id, name: check['name'], head_sha: check['head_sha'], status: check['status'] },
    ...{ conclusion: check['conclusion'] ?? null, external_id: check['external_id'] ?? null },
    output: {
      ...{ title: text('title'), summary: text('summary'), text: text('text') },
      ...{ annotations_count: annotations.length, annotations_url: 'https://api.github.com/' },
    },
    app: OURSELVES,
    check_suite: { id: 1 },
    pull_requests: [],
  });
}
