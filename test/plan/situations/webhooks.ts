type Expression = readonly [key: string, operator: string, ...values: readonly string[]];

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const INJECT = 'sidecar.istio.io/inject';

function selector(...expressions: readonly Expression[]): object {
  const matchExpressions = expressions.map(([key, operator, ...values]) => ({
    key,
    operator,
    ...(values.length > 0 ? { values } : {}),
  }));
  return { matchExpressions };
}

/** An injector's or a tag's webhooks, as the charts of 1.10 and later render them. */
export function webhookObject(object: string, revision: string, name: string, tag?: string): object {
  const entry = (title: string, namespaceSelector: object, objectSelector: object): object => ({
    name: `${title}.sidecar-injector.istio.io`,
    clientConfig: {
      service: {
        name: revision === 'default' ? 'istiod' : `istiod-${revision}`,
        namespace: 'istio-system',
        path: '/inject',
      },
    },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    namespaceSelector,
    objectSelector,
  });
  const unlabelled: readonly Expression[] = [
    [INJECTION, 'DoesNotExist'],
    [REVISION, 'DoesNotExist'],
  ];
  const webhooks = [
    entry(
      'rev.namespace',
      selector([REVISION, 'In', name], [INJECTION, 'DoesNotExist']),
      selector([INJECT, 'NotIn', 'false']),
    ),
    entry(
      'rev.object',
      selector(...unlabelled),
      selector([INJECT, 'NotIn', 'false'], [REVISION, 'In', name]),
    ),
  ];
  const byDefault = [
    entry('namespace', selector([INJECTION, 'In', 'enabled']), selector([INJECT, 'NotIn', 'false'])),
    entry('object', selector(...unlabelled), selector([INJECT, 'In', 'true'], [REVISION, 'DoesNotExist'])),
  ];
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: object,
      labels: {
        app: 'sidecar-injector',
        'istio.io/rev': revision,
        ...(tag === undefined ? {} : { 'istio.io/tag': tag }),
      },
    },
    webhooks: [...webhooks, ...(name === 'default' ? byDefault : [])],
  };
}
