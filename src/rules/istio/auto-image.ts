import type { Mesh, Workload } from '../../mesh/mesh.ts';
import type { Answer, Path } from '../../vocabulary.ts';
import { text } from '../body.ts';
import { injectionWebhooks, isCalledFor } from './injection-webhooks.ts';

/** Where a proxy container says `image: auto`, which injection replaces; `undefined` without one. */
export function hasAutoImage({ containers }: Workload): Path | undefined {
  const proxy = containers.find(
    ({ name, image, init }) => name === 'istio-proxy' && image === 'auto' && !init,
  );
  return proxy && [...proxy.path, 'image'];
}

/** Whether an injector is called for the workload's pods: by the webhooks in view, else as the model of injection says. */
export function isMatchedByInjector(mesh: Mesh, workload: Workload): Answer {
  if (mesh.world === 'open') return mesh.injectionOf(workload).injected;
  const webhooks = injectionWebhooks(mesh.resources('MutatingWebhookConfiguration')).filter(({ fields }) =>
    text(fields, 'name').endsWith('istio.io'),
  );
  const namespace = mesh.namespaces.get(workload.namespace || 'default');
  const labels = namespace?.resource === undefined ? {} : namespace.labels;
  return webhooks.some((webhook) => isCalledFor(webhook, labels, workload.labels)) ? 'yes' : 'no';
}
