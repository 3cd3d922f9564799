import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { field, qualifiedName, text } from '../body.ts';
import { defineRule } from '../rule.ts';

/** Where objects of Flux name the source they take their content from. */
const CONSUMERS: readonly (readonly [kind: string, path: Path])[] = [
  ['HelmRelease.helm.toolkit.fluxcd.io', ['spec', 'chart', 'spec', 'sourceRef']],
  ['HelmRelease.helm.toolkit.fluxcd.io', ['spec', 'chartRef']],
  ['Kustomization.kustomize.toolkit.fluxcd.io', ['spec', 'sourceRef']],
];

const SOURCES = ['HelmRepository', 'GitRepository', 'OCIRepository', 'Bucket', 'HelmChart'];

const kindOfSource = (kind: string): string => `${kind}.source.toolkit.fluxcd.io`;

/**
 * Flux looks for a source in the namespace of the object that names it, unless `sourceRef.namespace` says otherwise. A source
 * of the same kind and name in another namespace only is a source that is not found: nothing is deployed any more.
 */
export default defineRule({
  id: 'flux-source-elsewhere',
  name: 'flux-source-elsewhere',
  level: 'error',
  inputs: [...new Set(CONSUMERS.map(([kind]) => kind)), ...SOURCES.map(kindOfSource)],
  summary: 'An object of Flux names a source that only exists in another namespace.',
  messages: {
    elsewhere:
      '{consumer} takes its content from {kind} {wanted}, which is not there. There is one of that name in {places}.',
  },
  advice:
    'Add namespace to the reference, or keep the source in the namespace that the reference means. Until then Flux neither installs nor upgrades what it names.',
  check({ mesh, report }) {
    for (const [consumerKind, path] of CONSUMERS) {
      for (const consumer of mesh.resources(consumerKind)) {
        const lost = lostSource(mesh, consumer, path);
        if (!lost) continue;
        const namespaced = text(referenceOf(consumer, path), 'namespace') !== '';
        report(consumer, [...path, namespaced ? 'namespace' : 'name'], 'elsewhere', lost.data, {
          confidence: 'likely',
          evidence: lost.others.map((other) => ({
            says: `${other.kind} ${qualifiedName(other)} stands here`,
            at: other.origin.at(['metadata', 'namespace']),
          })),
        });
      }
    }
  },
});

interface LostSource {
  readonly others: readonly Resource[];
  readonly data: {
    readonly consumer: string;
    readonly kind: string;
    readonly wanted: string;
    readonly places: readonly string[];
  };
}

function lostSource(mesh: Mesh, consumer: Resource, path: Path): LostSource | undefined {
  const reference = referenceOf(consumer, path);
  const kind = text(reference, 'kind');
  const name = text(reference, 'name');
  const namespace = text(reference, 'namespace') || consumer.namespace;
  if (!SOURCES.includes(kind) || name === '' || namespace === '' || ![name, namespace].every(isKnown)) return;
  const named = mesh.resources(kindOfSource(kind)).filter((source) => source.name === name);
  const others = named.filter((source) => source.namespace !== '' && isKnown(source.namespace));
  if (others.length < named.length || named.length === 0) return;
  if (named.some((source) => source.namespace === namespace)) return;
  return {
    others,
    data: {
      consumer: consumer.kind,
      kind,
      wanted: `${namespace}/${name}`,
      places: [...new Set(others.map((other) => other.namespace))].sort(),
    },
  };
}

function referenceOf(consumer: Resource, path: Path): unknown {
  return path.reduce<unknown>((owner, segment) => field(owner, String(segment)), consumer.body);
}
