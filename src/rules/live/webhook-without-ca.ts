import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';

/** istiod writes its CA into the webhooks it serves within seconds; until then the API server trusts none of its answers. */
export default defineRule({
  id: 'webhook-without-ca',
  name: 'webhook-without-ca',
  level: 'error',
  inputs: ['ClusterState'],
  summary: 'A webhook of Istio has no CA, so calls to it fail (live cluster only).',
  messages: {
    injector: 'The webhooks {names} of {configuration} have no caBundle: pods they match are not created.',
    validator: 'The webhooks {names} of {configuration} have no caBundle: configuration is not validated.',
  },
  advice: {
    injector:
      'Wait until istiod has written it before anything is restarted; if it stays empty, look at the log of the control plane the webhook points to.',
    validator:
      'Look at the log of the control plane the webhook points to; a GitOps tool that resets the field needs an exception for it.',
  },
  check({ mesh, report }) {
    const state = clusterStateOf(mesh);
    for (const { kind, name, withoutCa, path } of state?.webhooks ?? []) {
      if (!state || withoutCa.length === 0) continue;
      const injects = kind === 'MutatingWebhookConfiguration';
      const subject = { ...state.resource, kind, name };
      const data = { names: withoutCa, configuration: name };
      report(subject, path, injects ? 'injector' : 'validator', data, injects ? {} : { level: 'warning' });
    }
  },
});
