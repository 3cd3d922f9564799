import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { qualifiedName } from '../body.ts';
import { defineRule } from '../rule.ts';

/** What tells Argo CD to deploy things: of two with one name the later one replaces the earlier one, and prunes what it held. */
const APPLICATIONS = 'Application.argoproj.io';

/** kustomize and Flux build all or nothing: "may not add resource with an already registered id". */
export default defineRule({
  id: 'duplicate-resource',
  name: 'duplicate-resource',
  level: 'error',
  inputs: ['twins', APPLICATIONS],
  summary:
    'The same object stands twice where only one can be: in one kustomization, or as an Argo CD Application.',
  messages: {
    twice: '{kind} {name} stands twice in what {by} builds. It refuses that, so nothing of it is applied.',
    replaced: 'There are two Applications {name}: whichever Argo CD syncs later replaces the other.',
  },
  advice: {
    twice:
      'Rename one of the two, or leave out the file that is a copy. Until then every change below this kustomization stays undeployed.',
    replaced:
      'Rename one of the two. Until then they overwrite each other, and with pruning what the replaced one deployed is removed.',
  },
  check({ mesh, report }) {
    for (const { first, second, by } of mesh.twins) {
      const data = { kind: second.kind, name: qualifiedName(second), by };
      report(second, NAME, 'twice', data, { evidence: otherOne(first) });
    }
    for (const [first, second] of sameApplications(mesh)) {
      report(
        second,
        NAME,
        'replaced',
        { name: qualifiedName(second) },
        {
          level: 'warning',
          confidence: 'likely',
          evidence: otherOne(first),
        },
      );
    }
  },
});

const NAME = ['metadata', 'name'];

function otherOne(first: Resource) {
  return [{ says: 'the other one stands here', at: first.origin.at(NAME) }];
}

/** Applications of one name that deploy different things. Those that one build refuses are told by it. */
function sameApplications(mesh: Mesh): [Resource, Resource][] {
  const refused = new Set(mesh.twins.map(({ second }) => second));
  const known = new Map<string, Resource>();
  const pairs: [Resource, Resource][] = [];
  for (const application of mesh.resources(APPLICATIONS)) {
    const { namespace, name } = application;
    if (name === '' || !isKnown(name) || !isKnown(namespace)) continue;
    const first = known.get(`${namespace}/${name}`);
    if (!first) known.set(`${namespace}/${name}`, application);
    else if (!refused.has(application) && !saysTheSame(first, application)) pairs.push([first, application]);
  }
  return pairs;
}

function saysTheSame(a: Resource, b: Resource): boolean {
  return JSON.stringify(a.body['spec']) === JSON.stringify(b.body['spec']);
}
