/** Who injects a pod, and who owns a Gateway: written down once more, apart from the model that makes the plans. */
import { Broken, type ApiGateway, type Cluster, type Load, type Proxy } from './cluster.ts';

/**
 * The proxy that a new pod would get. Injectors of two control planes, or one that is not there, keep pods from starting; that
 * one istiod is called twice happens while istioctl sets its default tag back.
 */
export function inject(cluster: Cluster, load: Load): Proxy | undefined {
  const asked = askedBy(cluster, load);
  if (asked === undefined) return undefined;
  const callers = [...cluster.webhooks.values()].filter(
    ({ answers, service, tag }) =>
      answers.includes(asked) &&
      !(asked === 'default' && cluster.disarmed && service === 'istiod' && tag === undefined),
  );
  const [caller] = callers;
  const who = `${load.kind} ${load.namespace}/${load.name}`;
  if (new Set(callers.map(({ service }) => service)).size > 1)
    throw new Broken(`${who} would be injected ${callers.length} times (${asked})`);
  if (!caller) return undefined;
  const revision = caller.service === 'istiod' ? 'default' : caller.service.slice('istiod-'.length);
  const version = cluster.planes.get(revision);
  if (version === undefined)
    throw new Broken(`pods of ${who} cannot be created: no ${caller.service} answers`);
  return { revision, version };
}

function askedBy(cluster: Cluster, { namespace, labels }: Load): string | undefined {
  const around = cluster.namespaces.get(namespace) ?? {};
  if (labels['sidecar.istio.io/inject'] === 'false') return undefined;
  if (around['istio-injection'] !== undefined)
    return around['istio-injection'] === 'enabled' ? 'default' : undefined;
  if (around['istio.io/rev'] !== undefined) return around['istio.io/rev'];
  if (labels['istio.io/rev'] !== undefined) return labels['istio.io/rev'];
  return labels['sidecar.istio.io/inject'] === 'true' ? 'default' : undefined;
}

/**
 * The revision that writes the Deployment of a Gateway: by its label, else its namespace's, else the tag default, else the
 * default validator, else the unnamed one. `undefined`: nobody does.
 */
export function gatewayOwner(cluster: Cluster, { namespace, labels }: ApiGateway): string | undefined {
  const asked = labels['istio.io/rev'] ?? cluster.namespaces.get(namespace)?.['istio.io/rev'] ?? 'default';
  const tag = [...cluster.webhooks.values()].find((webhook) => webhook.tag === asked);
  if (tag) return tag.revision;
  if (asked === 'default' && cluster.validator !== '') return cluster.validator;
  return cluster.planes.has(asked) ? asked : undefined;
}
