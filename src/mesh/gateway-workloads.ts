import type { Resource } from '../render/resource.ts';
import { textAt } from '../untyped.ts';
import { parseImage } from './installations/image-reference.ts';
import type { Workload } from './workloads.ts';

/** Is it a pod of nothing but a proxy: a gateway, written out or to be injected (`image: auto`)? */
export function isProxyAlone({ containers }: Workload): boolean {
  const application = containers.filter(({ init }) => !init);
  return (
    application.length > 0 &&
    application.every(
      ({ name, image }) =>
        (name === 'istio-proxy' && image === 'auto') || parseImage(image).name === 'proxyv2',
    )
  );
}

/** Gateway classes whose proxies istiod deploys by itself; `istio-remote` is served by another cluster. */
const DEPLOYED = new Set(['istio', 'istio-waypoint', 'istio-east-west']);

/** Is it a Gateway API Gateway for which istiod runs a proxy (1.16 and later)? */
export function isDeployedByIstio(gateway: Resource): boolean {
  return DEPLOYED.has(textAt(gateway.body, 'spec', 'gatewayClassName'));
}
