import type { FieldView } from './field-view.ts';
import { checkNotNegative, checkPortNumber } from './scalars.ts';
import { checkLabels } from './shared-fields.ts';

const COUNTS = [
  'periodSeconds',
  'initialDelaySeconds',
  'timeoutSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

const METHODS = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;

/** WorkloadGroup. */
export function validateWorkloadGroup(spec: FieldView): void {
  const template = spec.field('template');
  if (!template.isSet) {
    template.refuse('is missing');
    return;
  }
  checkLabels(spec.field('metadata').field('labels'));
  const probe = spec.field('probe');
  if (!probe.isSet) return;
  for (const name of COUNTS) checkNotNegative(probe.field(name));
  const http = probe.field('httpGet');
  if (http.isSet) {
    checkPortNumber(http.field('port'));
    const scheme = http.field('scheme');
    if (scheme.isFilled && !['HTTP', 'HTTPS'].includes(scheme.text)) scheme.refuse('must be HTTP or HTTPS');
    for (const header of http.field('httpHeaders').items()) {
      const name = header.field('name');
      if (name.isSet && !/^[-_A-Za-z0-9]+$/.test(name.text)) name.refuse('is no name of a header');
    }
  }
  const tcp = probe.field('tcpSocket');
  if (tcp.isSet) checkPortNumber(tcp.field('port'));
  const exec = probe.field('exec');
  if (exec.isSet && !exec.field('command').isFilled) exec.field('command').refuse('is missing');
  for (const word of exec.field('command').items()) if (word.value === '') word.refuse('must not be empty');
  if (!METHODS.some((name) => probe.field(name).isSet))
    probe.refuse('must say how to probe, such as with httpGet');
}
