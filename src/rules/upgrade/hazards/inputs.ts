import type { Hazard, Signal } from '../../../facts/hazards/hazard.ts';
import type { Input } from '../../rule.ts';
import { oddInputs } from './odd.ts';

/** What the rule of a hazard reads of a mesh. */
export function inputsOf({ signals, sparedBy = [], wayBack = [] }: Hazard): Input[] {
  const all = [...signals, ...sparedBy, ...wayBack.map(({ setting }) => setting)];
  return [...new Set([...STEP_INPUTS, ...all.flatMap(inputsOfSignal)])];
}

const STEP_INPUTS: readonly Input[] = ['upgrades', 'controlPlanes', 'components'];
const CHARTS: readonly Input[] = [
  'HelmRelease.helm.toolkit.fluxcd.io',
  'Application.argoproj.io',
  'ApplicationSet.argoproj.io',
  'HelmChart.helm.cattle.io',
];

function inputsOfSignal(signal: Signal): readonly Input[] {
  switch (signal.look) {
    case 'object':
      return signal.kinds;
    case 'pod':
      return ['workloads', 'injection'];
    case 'value':
      return ['components'];
    case 'env':
      return ['components', 'workloads', 'IstioOperator', 'ProxyConfig', 'ConfigMap'];
    case 'meshConfig':
      return ['meshConfig', 'ConfigMap'];
    case 'proxyConfig':
      return ['meshConfig', 'ConfigMap', 'workloads'];
    case 'annotation':
    case 'label':
      return (signal.on ?? ['pods']).map((kind) => (kind === 'pods' ? 'workloads' : kind));
    case 'chart':
      return [...CHARTS, 'components'];
    case 'script':
      return ['scripts'];
    case 'all':
      return signal.of.flatMap(inputsOfSignal);
    case 'unless':
      return [...inputsOfSignal(signal.signal), ...inputsOfSignal(signal.other)];
    case 'odd':
      return oddInputs(signal.name);
  }
}
