import type { Hazard, Signal } from '../../../facts/hazards/hazard.ts';
import type { Input } from '../../rule.ts';
import { CHART_KINDS } from './look-charts.ts';
import { MAKER_KINDS } from './pod-metadata.ts';
import { oddInputs } from './odd.ts';

/** What the rule of a hazard reads of a mesh. */
export function inputsOf({ signals, sparedBy = [], wayBack = [], kind, needed }: Hazard): Input[] {
  const all = [...signals, ...sparedBy, ...wayBack.map(({ setting }) => setting)];
  const stands = kind === 'deprecation' || needed === true;
  return [...new Set([...VERSION_INPUTS, ...(stands ? [] : STEP_INPUTS), ...all.flatMap(inputsOfSignal)])];
}

/** Workloads, and what makes pods by other means. */
const POD_INPUTS: readonly Input[] = ['workloads', ...MAKER_KINDS, 'components'];
const VERSION_INPUTS: readonly Input[] = ['controlPlanes', 'components'];
/** Steps are taken by control planes, and by namespaces and workloads that move from one to another. */
const STEP_INPUTS: readonly Input[] = ['upgrades', 'namespaces', 'workloads', 'injection'];

function inputsOfSignal(signal: Signal): readonly Input[] {
  switch (signal.look) {
    case 'object':
      return signal.kinds;
    case 'pod':
      return ['workloads', 'injection'];
    case 'value':
      return ['components'];
    case 'env':
      return ['components', ...POD_INPUTS, 'ProxyConfig', 'ConfigMap'];
    case 'meshConfig':
      return ['meshConfig', 'ConfigMap'];
    case 'proxyConfig':
      return ['meshConfig', 'ConfigMap', ...POD_INPUTS];
    case 'annotation':
    case 'label':
      return (signal.on ?? ['pods']).flatMap((kind) => (kind === 'pods' ? POD_INPUTS : kind));
    case 'chart':
      return [...CHART_KINDS, 'charts'];
    case 'script':
      return ['scripts', 'workloads'];
    case 'all':
      return signal.of.flatMap(inputsOfSignal);
    case 'unless':
      return [...inputsOfSignal(signal.signal), ...inputsOfSignal(signal.other)];
    case 'odd':
      return oddInputs(signal.name);
  }
}
