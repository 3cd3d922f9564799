import { describe, expect, test } from '@jest/globals';
import { workloadsOf } from '../../src/mesh/workloads.ts';
import { object } from './manifests.ts';

const POD = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'main', image: 'i' }] } };

describe('objects that make pods', () => {
  test.each<[string, string, object, string]>([
    ['apps/v1', 'Deployment', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    ['extensions/v1beta1', 'Deployment', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    ['apps/v1', 'StatefulSet', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    ['apps/v1', 'DaemonSet', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    ['apps/v1', 'ReplicaSet', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    ['v1', 'ReplicationController', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    ['batch/v1', 'Job', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    [
      'batch/v1',
      'CronJob',
      { spec: { jobTemplate: { spec: { template: POD } } } },
      'spec.jobTemplate.spec.template.spec.containers.0',
    ],
    ['v1', 'PodTemplate', { template: POD }, 'template.spec.containers.0'],
    ['argoproj.io/v1alpha1', 'Rollout', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    ['serving.knative.dev/v1', 'Service', { spec: { template: POD } }, 'spec.template.spec.containers.0'],
    [
      'serving.knative.dev/v1',
      'Configuration',
      { spec: { template: POD } },
      'spec.template.spec.containers.0',
    ],
    [
      'apps.openshift.io/v1',
      'DeploymentConfig',
      { spec: { template: POD } },
      'spec.template.spec.containers.0',
    ],
  ])('%s %s', (apiVersion, kind, rest, path) => {
    const [workload] = workloadsOf([object(apiVersion, kind, 'x', rest as Record<string, unknown>)]);
    expect(workload).toMatchObject({ kind, name: 'x', labels: { app: 'x' }, hostNetwork: false });
    expect(workload?.containers[0]?.path.join('.')).toBe(path);
  });

  test('a bare pod is its own template', () => {
    const [pod] = workloadsOf([
      object('v1', 'Pod', 'x', { spec: { hostNetwork: true } }, { labels: { app: 'x' }, namespace: 'shop' }),
    ]);
    expect(pod).toMatchObject({ namespace: 'shop', labels: { app: 'x' }, hostNetwork: true, containers: [] });
    expect(pod?.metadataPath).toEqual(['metadata']);
    expect(pod?.specPath).toEqual(['spec']);
  });

  test('others are none', () => {
    expect(
      workloadsOf([object('v1', 'Service', 'x', {}), object('example.org/v1', 'Deployment', 'x', {})]),
    ).toEqual([]);
  });
});

test('a container with what it runs', () => {
  const spec = {
    initContainers: [{ name: 'init', image: 'i' }],
    containers: [
      {
        name: 'main',
        image: 'img:1',
        command: ['run'],
        args: ['--port', 8080, '--listen=0.0.0.0'],
        env: [{ name: 'A', value: 'b' }, { name: 'S', valueFrom: {} }, { name: 'N', value: 1 }, null],
        ports: [
          { containerPort: 80, name: 'http' },
          { containerPort: '${PORT}' },
          { containerPort: 53, protocol: 'UDP' },
        ],
      },
    ],
  };
  const [workload] = workloadsOf([object('v1', 'Pod', 'x', { spec })]);
  expect(workload?.containers.map(({ name, init, path }) => [name, init, path.join('.')])).toEqual([
    ['main', false, 'spec.containers.0'],
    ['init', true, 'spec.initContainers.0'],
  ]);
  const main = workload?.containers[0];
  expect(main).toMatchObject({ image: 'img:1', command: ['run'], env: { A: 'b', N: '1' } });
  expect(main?.env).not.toHaveProperty('S');
  expect(main?.ports).toEqual([
    { name: 'http', port: 80, protocol: 'TCP' },
    { name: '', port: 53, protocol: 'UDP' },
  ]);
});

test('a Rollout that borrows its template has an unknown one', () => {
  const spec = { workloadRef: { kind: 'Deployment', name: 'cart' } };
  const [rollout] = workloadsOf([object('argoproj.io/v1alpha1', 'Rollout', 'cart', { spec })]);
  expect(rollout?.templateElsewhere).toContain('Deployment cart');
});

test.each([
  ['null spec', { spec: null }],
  ['text spec', { spec: 'x' }],
  ['null template', { spec: { template: null } }],
  ['list template', { spec: { template: [] } }],
  ['text containers', { spec: { template: { spec: { containers: 'x' } } } }],
  ['null containers', { spec: { template: { spec: { containers: [null, 'x', {}] } } } }],
  ['text labels', { spec: { template: { metadata: { labels: 'x' } } } }],
  [
    'hostile labels',
    { spec: { template: { metadata: { labels: JSON.parse('{"__proto__": "x"}') as unknown } } } },
  ],
])('a malformed body is tolerated: %s', (_, rest) => {
  const [workload] = workloadsOf([object('apps/v1', 'Deployment', 'x', rest)]);
  expect(workload?.name).toBe('x');
  expect(Object.hasOwn(Object.prototype, 'app')).toBe(false);
});
