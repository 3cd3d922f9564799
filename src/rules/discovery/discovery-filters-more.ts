import { discoveryScope } from '../../mesh/discovery-scope.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import type { ControlPlane } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { narrowed, selectorsSubject } from './watchers.ts';

/** The same discovery selectors leave out more with every release: configuration by default since 1.22, Secrets since 1.24. */
export default defineRule({
  id: 'discovery-filters-more',
  name: 'discovery-filters-more',
  level: 'info',
  inputs: ['controlPlanes', 'meshConfig', 'upgrades'],
  summary: 'An upgrade makes unchanged discovery selectors leave out more than before.',
  messages: {
    configuration:
      'From {to} on, revision {revision} no longer reads Istio and Gateway API objects in namespaces that its discovery selectors leave out.',
    secrets:
      'From {to} on, revision {revision} no longer reads the Secrets of gateways in namespaces that its discovery selectors leave out.',
  },
  advice:
    'Before the upgrade, look for such objects in namespaces that no selector matches, and label the namespaces that need them.',
  check({ mesh, report }) {
    for (const controlPlane of narrowed(mesh)) {
      const step = mesh.upgrades.find(
        ({ after }) =>
          after.component === 'istiod' &&
          after.revision === controlPlane.revision &&
          after.namespace === controlPlane.namespace,
      );
      if (!step) continue;
      const data = { revision: controlPlane.revision, to: `${step.to.major}.${step.to.minor}` };
      for (const what of ['configuration', 'secrets'] as const) {
        if (isNew(what, controlPlane, step.from)) report(selectorsSubject(controlPlane), [], what, data);
      }
    }
  },
});

function isNew(
  what: 'configuration' | 'secrets',
  controlPlane: ControlPlane,
  version: IstioVersion,
): boolean {
  return (
    discoveryScope(controlPlane)[what] === 'yes' &&
    discoveryScope({ ...controlPlane, version })[what] === 'no'
  );
}
