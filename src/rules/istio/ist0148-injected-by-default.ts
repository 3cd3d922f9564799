import { defineRule } from '../rule.ts';
import { InjectorConfigs } from './injector-config.ts';
import { applicationNamespaces, DATAPLANE_MODE, INJECTION, REVISION } from './namespace-labels.ts';

/** IST0148 (since 1.13): the counterpart of IST0102 where injection is the default. */
export default defineRule({
  id: 'IST0148',
  name: 'injected-by-default',
  level: 'info',
  inputs: ['namespaces', 'ConfigMap'],
  summary:
    'A namespace without injection label is injected, because the mesh injects by default (closed world only).',
  messages: {
    injected: 'Namespace {namespace} carries no injection label and is injected by default.',
  },
  advice: 'Label it istio-injection=enabled or disabled, so that it does not depend on the default.',
  check({ mesh, report }) {
    // In a repository this is how the mesh is meant to be, and says nothing new.
    if (mesh.world === 'open') return;
    const injectors = new InjectorConfigs(mesh);
    let byDefault = false;
    for (const { labels, name, resource } of applicationNamespaces(mesh)) {
      if (labels[DATAPLANE_MODE] === 'ambient') continue;
      byDefault = injectors.enablesByDefault(labels[REVISION] ?? '') ?? byDefault;
      if (!byDefault || (labels[INJECTION] ?? '') !== '' || Object.hasOwn(labels, REVISION)) continue;
      report(resource, ['metadata', 'name'], 'injected', { namespace: name });
    }
  },
});
