import { discoveryScope } from '../../mesh/discovery-scope.ts';
import { textAt } from '../../untyped.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { narrowed, selectorsSubject, watches } from './watchers.ts';

/**
 * Discovery selectors exempt no namespace, not even the one of Istio itself (1.10 and later). A warning: installers often
 * add the label by hand. What provably was watched before is namespace-leaves-discovery, an error there.
 */
export default defineRule({
  id: 'system-namespace-outside-discovery',
  name: 'system-namespace-outside-discovery',
  level: 'warning',
  inputs: ['namespaces', 'components', 'controlPlanes', 'meshConfig'],
  summary: 'The discovery selectors leave out the root namespace or that of ztunnel.',
  messages: {
    root: 'Revision {revision} does not watch the root namespace {namespace}: policies for the whole mesh that stand there are not read.',
    ztunnel:
      'Revision {revision} does not watch namespace {namespace}, where ztunnel runs: it gets no certificates.',
  },
  advice:
    'Let a selector match namespace {namespace}: by a label, or by kubernetes.io/metadata.name, which every namespace has.',
  check(context) {
    const { mesh } = context;
    for (const controlPlane of narrowed(mesh)) {
      const { configuration, certificates } = discoveryScope(controlPlane);
      if (configuration !== 'no') checkWatched(context, controlPlane, rootOf(controlPlane, mesh), 'root');
      if (certificates === 'no') continue;
      const ztunnels = mesh.components.filter(({ component }) => component === 'ztunnel');
      for (const namespace of new Set(ztunnels.map((one) => one.namespace))) {
        checkWatched(context, controlPlane, namespace, 'ztunnel');
      }
    }
  },
});

function checkWatched(
  { mesh, report, unchecked }: RuleContext<'root' | 'ztunnel'>,
  controlPlane: ControlPlane,
  namespace: string,
  message: 'root' | 'ztunnel',
): void {
  if (namespace === '') return;
  const { discovered, because } = watches(mesh, controlPlane, namespace);
  const subject = selectorsSubject(controlPlane);
  if (discovered === 'unknown')
    unchecked('whether the namespaces of Istio itself are watched', because, subject);
  if (discovered !== 'no') return;
  const { revision, confidence } = controlPlane;
  const written = mesh.namespaces.get(namespace)?.resource;
  const evidence = written
    ? [{ says: `namespace ${namespace}: ${because}`, at: written.origin.at(['metadata', 'name']) }]
    : [{ says: `namespace ${namespace}: ${because}` }];
  report(subject, [], message, { revision, namespace }, { confidence, evidence });
}

/** `meshConfig.rootNamespace`; the charts set it to the namespace of istiod. */
function rootOf({ meshConfig, namespace }: ControlPlane, mesh: Mesh): string {
  const written = textAt(meshConfig, 'rootNamespace');
  if (written !== '' && isKnown(written)) return written;
  return namespace === '' ? mesh.rootNamespace : namespace;
}
