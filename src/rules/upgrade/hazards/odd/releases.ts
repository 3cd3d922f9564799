import { isKnown } from '../../../../yaml/placeholders.ts';
import { field } from '../../../body.ts';
import { valueHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const MODE = 'istio.io/dataplane-mode';
const BY_CHART: ReadonlySet<string> = new Set(['helm', 'flux', 'argocd']);

/** Releases of the ztunnel chart under another name. */
export const ztunnelOfAnotherName: OddLook = {
  inputs: ['components'],
  hits: (mesh) =>
    mesh.components
      .filter(({ component, installer, name }) => {
        const named = BY_CHART.has(installer) && isKnown(name) && name !== '';
        return component === 'ztunnel' && named && name !== 'ztunnel';
      })
      .map((part) => valueHit(part, [])),
};

/** Releases of the gateway chart in an ambient namespace that leave the label of their pods to the chart. */
export const gatewayChartsInAmbient: OddLook = {
  inputs: ['components', 'namespaces'],
  hits: (mesh) =>
    mesh.components
      .filter(({ component, installer, namespace, values }) => {
        const around = mesh.namespaces.get(namespace);
        const chosen = field(field(values?.values, 'labels'), MODE) !== undefined;
        const ambient = around?.labels[MODE] === 'ambient';
        return component === 'gateway' && BY_CHART.has(installer) && ambient && !chosen;
      })
      .map((part) => valueHit(part, [])),
};
