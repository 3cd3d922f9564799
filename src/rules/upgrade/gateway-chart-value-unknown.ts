import {
  FIRST_WITH_SCHEMA,
  GATEWAY_CHART_KEYS_SINCE,
  NEVER_IN_GATEWAY_CHART,
} from '../../facts/gateway-chart.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { placedAt } from '../subject.ts';
import { asResource, titleOf } from './component-finding.ts';

/** Helm ignores unknown values, but the gateway chart brings a schema that allows no others. */
export default defineRule({
  id: 'gateway-chart-value-unknown',
  name: 'gateway-chart-value-unknown',
  level: 'warning',
  inputs: ['components'],
  summary: 'The values of the gateway chart hold a key that its schema refuses.',
  messages: {
    unknown: 'The gateway chart of Istio {version} refuses the value {key}: the {title} fails to install.',
    early:
      'The gateway chart knows the value {key} from Istio 1.{since} on, and the {title} is {version}: it fails to install.',
  },
  advice: {
    unknown: 'Remove it; the chart’s own values.yaml lists what it takes.',
    early: 'Upgrade the chart first, or remove it.',
  },
  check({ mesh, report }) {
    for (const part of mesh.components) {
      const minor = schemaOf(part);
      if (minor === undefined || !part.values) continue;
      for (const key of Object.keys(part.values.values).filter((one) => isKnown(one))) {
        const since = Object.hasOwn(GATEWAY_CHART_KEYS_SINCE, key)
          ? GATEWAY_CHART_KEYS_SINCE[key]
          : undefined;
        const isEarly = since !== undefined && minor < since;
        if (!isEarly && !NEVER_IN_GATEWAY_CHART.has(key)) continue;
        const data = { title: titleOf(part), version: `1.${minor}`, key };
        const subject = placedAt(asResource(part), part.values.at([key]));
        const options = { confidence: part.confidence };
        if (isEarly) report(subject, [], 'early', { ...data, since }, options);
        else report(subject, [], 'unknown', data, options);
      }
    }
  },
});

/** The minor of the chart, when it is the one with a schema: the older gateway charts keep their values under `gateways`. */
function schemaOf({ component, installer, chartVersion, values }: MeshComponent): number | undefined {
  if (component !== 'gateway' || installer === 'istioctl' || !chartVersion) return undefined;
  const isOlder = Object.hasOwn(values?.values ?? {}, 'gateways');
  return isOlder || chartVersion.minor < FIRST_WITH_SCHEMA ? undefined : chartVersion.minor;
}
