import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ReviewMemory } from '../../src/compare/review-memory.ts';
import type { Environment } from '../../src/environments/environment.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import { changedAcross } from '../../src/mesh/changed-inputs.ts';
import { sharing } from '../../src/mesh/shared-mesh.ts';
import { toResource } from '../../src/render/plain.ts';
import type { Resource } from '../../src/render/resource.ts';
import { RULES } from '../../src/rules/registry.ts';
import { runRules, type RuleResults } from '../../src/rules/run.ts';
import { allFixtures, environmentOf, settingsOf } from './fixture.ts';

/** Objects of a fixture that are changed: each change is checked by every rule, twice. */
const CHANGED_OBJECTS = 3;

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

describe('what is known of one side is what running the rules again says', () => {
  test.each(chosen.map((fixture) => [`${fixture.rule}/${fixture.name}`, fixture] as const))(
    '%s',
    (_, fixture) => {
      const settings = settingsOf(fixture.text);
      const base = environmentOf(fixture.text, basename(fixture.path));
      let memory = new ReviewMemory();
      for (const [why, head] of changesOf(base)) {
        const before = buildMesh(base, settings, head, 'base');
        const onBase = runRules(before, RULES, settings);
        const onHead = runRules(buildMesh(head, settings, base), RULES, settings, { strict: true });
        const changed = changedAcross(base, head);
        const shared = sharing(buildMesh(head, settings, base, 'head', before), before, changed);
        const spared = runRules(shared, RULES, settings, { known: { results: onBase, changed } });
        expect({ why, ...said(spared) }).toEqual({ why, ...said(onHead) });

        // The same base beside another head, and then the head as the base of a change that goes back.
        for (const [sides, results] of [
          [{ base, head }, onBase],
          [{ base: head, head: base }, runRules(buildMesh(head, settings, base, 'base'), RULES, settings)],
        ] as const) {
          memory = new ReviewMemory(memory);
          const recalled = memory.recall('default', sides, settings);
          const mesh = recalled.mesh ?? buildMesh(sides.base, settings, sides.head, 'base');
          const again = runRules(mesh, RULES, settings, recalled);
          expect({ why, ...said(again) }).toEqual({ why, ...said(results) });
          memory.keep('default', { ...sides, mesh, results: again }, settings);
        }
      }
    },
  );
});

function said({ findings, unchecked }: RuleResults): RuleResults {
  return { findings, unchecked };
}

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
