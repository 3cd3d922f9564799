#!/usr/bin/env node
// Extracts the operations we use, with the schemas they need, from GitHub's own OpenAPI description into
// test/github/openapi.json: what the fake GitHub of the tests checks every request and every answer against.
// Fetches the npm package @octokit/openapi into .cache when it is not there. Run by hand when an operation is added.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VERSION = '23.0.2';
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}.cache/openapi`;
const source = `${cache}/node_modules/@octokit/openapi/generated/api.github.com.json`;
const target = `${root}test/github/openapi.json`;

/** Everything the App and the Action ask GitHub for. */
const OPERATIONS = [
  'apps/create-from-manifest',
  'apps/create-installation-access-token',
  'apps/get-authenticated',
  'apps/get-repo-installation',
  'apps/list-webhook-deliveries',
  'apps/redeliver-webhook-delivery',
  'checks/create',
  'checks/get',
  'checks/list-for-ref',
  'checks/update',
  'git/get-blob',
  'git/get-tree',
  'issues/create-comment',
  'issues/delete-comment',
  'issues/get-comment',
  'issues/list-comments',
  'issues/update-comment',
  'pulls/create-review',
  'pulls/get',
  'pulls/list',
  'pulls/list-files',
  'pulls/list-review-comments',
  'pulls/list-reviews',
  'rate-limit/get',
  'reactions/create-for-issue-comment',
  'repos/compare-commits',
  'repos/download-tarball-archive',
  'repos/get',
  'repos/get-collaborator-permission-level',
  'repos/get-commit',
  'repos/get-content',
  'repos/list-pull-requests-associated-with-commit',
  'users/get-authenticated',
];

/** Keys that say nothing a validator could check. */
const PROSE = new Set([
  'description',
  'example',
  'examples',
  'title',
  'externalDocs',
  'deprecated',
  'default',
]);

if (!existsSync(source)) {
  const install = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', cache];
  execFileSync('npm', [...install, `@octokit/openapi@${VERSION}`], { stdio: 'inherit' });
}
const api = JSON.parse(readFileSync(source, 'utf8'));
const schemas = {};
const operations = {};
for (const [path, methods] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (OPERATIONS.includes(operation.operationId))
      operations[operation.operationId] = operationOf(path, method, operation);
  }
}
const missing = OPERATIONS.filter((id) => !operations[id]);
if (missing.length > 0) throw new Error(`GitHub describes no ${missing.join(', ')}`);
writeFileSync(
  target,
  `{ "version": "${VERSION}",\n"operations": ${lines(operations)},\n"schemas": ${lines(schemas)} }\n`,
);
console.log(`${OPERATIONS.length} operations, ${Object.keys(schemas).length} schemas`);

function operationOf(path, method, operation) {
  const parameters = (operation.parameters ?? []).map(resolved).map((parameter) => {
    const { name, in: where, required = false, schema } = parameter;
    return { name, in: where, required, schema: converted(schema) };
  });
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const schema = resolved(response).content?.['application/json']?.schema;
    return [status, schema ? converted(schema) : null];
  });
  return {
    method: method.toUpperCase(),
    path,
    parameters,
    ...(body && { body: converted(body) }),
    responses: Object.fromEntries(responses),
  };
}

function resolved(value) {
  if (!value?.$ref) return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], api);
}

/** OpenAPI 3.0's dialect as JSON Schema: `nullable` becomes a type of its own, references point into `schemas`. */
function converted(schema) {
  if (Array.isArray(schema)) return schema.map(converted);
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    if (!(name in schemas)) {
      schemas[name] = {};
      schemas[name] = converted(resolved(schema));
    }
    return { $ref: `#/schemas/${name}` };
  }
  const { nullable, ...rest } = schema;
  const plain = Object.fromEntries(
    Object.entries(rest)
      .filter(([key]) => !PROSE.has(key) && !key.startsWith('x-'))
      .map(([key, value]) => [key, key === 'properties' ? propertiesOf(value) : converted(value)]),
  );
  return nullable ? { anyOf: [plain, { type: 'null' }] } : plain;
}

/** Here a key such as `title` is the name of a property. */
function propertiesOf(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, converted(schema)]));
}

/** One entry a line, so that an update can be read. */
function lines(entries) {
  const names = Object.keys(entries).sort();
  return `{\n${names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(sorted(entries[name]))}`).join(',\n')}\n}`;
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
