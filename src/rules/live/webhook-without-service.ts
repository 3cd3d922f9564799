import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { reportAbsent } from '../absent.ts';
import { field, fields, list, text } from '../body.ts';

const KINDS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** A webhook whose Service is gone is called all the same: with failurePolicy Fail every matching object is refused. */
export default defineRule({
  id: 'webhook-without-service',
  name: 'webhook-without-service',
  level: 'error',
  inputs: ['ClusterState', ...KINDS, 'Service', 'absence'],
  summary: 'A webhook of Istio calls a Service that does not exist (live cluster only).',
  messages: {
    refuses:
      'The webhook {webhook} calls the Service {service}, which does not exist: what it matches is refused.',
    ignored:
      'The webhook {webhook} calls the Service {service}, which does not exist: what it does is skipped.',
  },
  advice:
    'Remove the webhook configuration with the control plane it belonged to, or point it at one that is there.',
  check(context) {
    const { mesh } = context;
    if (!clusterStateOf(mesh)) return;
    for (const configuration of KINDS.flatMap((kind) => mesh.resources(kind))) {
      list(configuration.body, 'webhooks').forEach((webhook, index) => {
        if (!text(webhook, 'name').endsWith('istio.io')) return;
        const reference = fields(field(webhook, 'clientConfig'), 'service');
        const [namespace, name] = [text(reference, 'namespace'), text(reference, 'name')];
        if (namespace === '' || name === '' || mesh.find('Service', namespace, name)) return;
        const path = ['webhooks', index, 'clientConfig', 'service', 'name'];
        const message = text(webhook, 'failurePolicy') === 'Ignore' ? 'ignored' : 'refuses';
        const data = {
          webhook: `${configuration.name}/${text(webhook, 'name')}`,
          service: `${namespace}/${name}`,
        };
        const options = message === 'ignored' ? { level: 'warning' as const } : {};
        reportAbsent(
          context,
          { kind: 'Service', namespace, name },
          configuration,
          path,
          message,
          data,
          options,
        );
      });
    }
  },
});
