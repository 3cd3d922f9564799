import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/environments/environment.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import { changedInputs } from '../../src/mesh/changed-inputs.ts';
import { toResource } from '../../src/render/plain.ts';
import type { Resource } from '../../src/render/resource.ts';
import { RULES } from '../../src/rules/registry.ts';
import { runRules } from '../../src/rules/run.ts';
import { allFixtures, environmentOf, settingsOf } from './fixture.ts';

/** Objects of a fixture that are changed: each change is checked by every rule, twice. */
const CHANGED_OBJECTS = 4;

type Body = Record<string, unknown>;

/** Ways to change an object: what it says, how it is labelled, what it is called. */
const CHANGES: Readonly<Record<string, (body: Body) => Body>> = {
  'says nothing': ({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }),
  'has no labels': (body) => ({ ...body, metadata: { ...(body['metadata'] as Body), labels: {} } }),
  'is renamed': (body) => ({ ...body, metadata: { ...(body['metadata'] as Body), name: 'renamed' } }),
};

const fixtures = allFixtures();
const chosen = fixtures.filter(
  ({ rule, name }) =>
    name === fixtures.find((other) => other.rule === rule && other.name !== 'ok.yaml')?.name,
);

describe('what is known of the base is what running the rules again says', () => {
  test.each(chosen.map((fixture) => [`${fixture.rule}/${fixture.name}`, fixture] as const))(
    '%s',
    (_, fixture) => {
      const settings = settingsOf(fixture.text);
      const base = environmentOf(fixture.text, basename(fixture.path));
      for (const [why, head] of changesOf(base)) {
        const before = runRules(buildMesh(base, settings, head, 'base'), RULES, settings);
        const known = { results: before, changed: changedInputs(base, head) };
        const [again, spared] = [undefined, known].map((given) => {
          const { findings, unchecked } = runRules(buildMesh(head, settings, base), RULES, settings, {
            strict: true,
            ...(given && { known: given }),
          });
          return { why, findings, unchecked };
        });
        expect(spared).toEqual(again);
      }
    },
  );
});

function* changesOf(base: Environment): Generator<[why: string, head: Environment]> {
  const { resources } = base;
  for (const [index, resource] of resources.slice(0, CHANGED_OBJECTS).entries()) {
    const about = `${resource.kind} ${resource.name}`;
    yield [`${about} is gone`, { ...base, resources: resources.toSpliced(index, 1) }];
    for (const [what, change] of Object.entries(CHANGES)) {
      const changed = changedObject(resource, change);
      yield [`${about} ${what}`, { ...base, resources: resources.toSpliced(index, 1, changed) }];
    }
  }
}

function changedObject(resource: Resource, change: (body: Body) => Body): Resource {
  const changed = toResource(change(resource.body), resource.origin, `${resource.digest} changed`);
  if (!changed) throw new Error(`${resource.kind} ${resource.name} is no object any more`);
  return changed;
}
