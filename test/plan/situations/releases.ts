import { askOf, edgeOf, nameOf } from './applications.ts';
import { minorOf, revisionsOf, type Situation } from './situation.ts';

export type Plane = readonly [revision: string, version: string];

/** A release of one of Istio's charts. */
export interface Release {
  readonly name: string;
  readonly chart: 'base' | 'istiod' | 'cni' | 'ztunnel' | 'gateway';
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}

/** Releases as every chart-based installer has them: CRDs, CNI plugin, one istiod for each revision, a gateway. */
export function releasesOf(situation: Situation, planes: readonly Plane[]): Release[] {
  const { from, gateways } = situation;
  const { old } = revisionsOf(situation);
  const system = { namespace: 'istio-system', version: from };
  const ambient = gateways.includes('waypoint') && minorOf(from) >= 24;
  return [
    {
      ...system,
      name: 'istio-base',
      chart: 'base',
      values: old === 'default' ? {} : { defaultRevision: old },
    },
    { ...system, name: 'istio-cni', chart: 'cni', values: {} },
    ...(ambient
      ? [
          {
            ...system,
            name: 'ztunnel',
            chart: 'ztunnel',
            values: old === 'default' ? {} : { revision: old },
          } as const,
        ]
      : []),
    ...planes.map((plane) => istiodRelease(situation, plane)),
    ...(gateways.includes('chart') ? [gatewayRelease(situation)] : []),
  ];
}

function istiodRelease(situation: Situation, [revision, version]: Plane): Release {
  const tags = tagsOfRelease(situation, revision);
  return {
    name: revision === 'default' ? 'istiod' : `istiod-${revision}`,
    chart: 'istiod',
    version,
    namespace: 'istio-system',
    values: {
      ...(revision === 'default' ? {} : { revision }),
      ...(tags.length > 0 ? { revisionTags: tags } : {}),
    },
  };
}

/** Tags that the installation of a control plane brings. */
export function tagsOfRelease(situation: Situation, revision: string): readonly string[] {
  const { old } = revisionsOf(situation);
  return situation.tagsIn === 'release' && revision === old ? situation.tags : [];
}

function gatewayRelease(situation: Situation): Release {
  const ask = askOf(situation);
  return {
    name: 'edge-gateway',
    chart: 'gateway',
    version: situation.from,
    namespace: edgeOf('chart'),
    values: ask === 'default' ? {} : { revision: nameOf(situation, ask) },
  };
}
