import { expect, test } from '@jest/globals';
import { listenersOf } from './case.ts';
import type { Case } from './case.ts';
import { servicesOf } from '../../src/mesh/services.ts';
import { workloadsOf } from '../../src/mesh/workloads.ts';
import { Exposures } from '../../src/listeners/exposure.ts';
import { toResource } from '../../src/render/plain.ts';
import type { Resource } from '../../src/render/resource.ts';

function resource(body: Readonly<Record<string, unknown>>): Resource {
  const at = () => ({ file: 'a.yaml', line: 1, column: 1, endLine: 1 });
  const made = toResource({ apiVersion: 'v1', ...body }, { file: 'a.yaml', through: [], at }, 'a');
  if (!made) throw new Error('no resource');
  return made;
}

/** The pods' ports that a Service of this spec leads to. */
function targets(spec: Readonly<Record<string, unknown>>): number[] {
  const [workload] = workloadsOf([
    resource({
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'shop' } },
      spec: {
        template: {
          metadata: { labels: { app: 'a' } },
          spec: {
            initContainers: [
              { name: 'setup', ports: [{ name: 'web', containerPort: 1 }] },
              { name: 'beside', restartPolicy: 'Always', ports: [{ name: 'stats', containerPort: 2 }] },
            ],
            containers: [
              { name: 'dns', ports: [{ name: 'web', containerPort: 3, protocol: 'UDP' }] },
              { name: 'a', ports: [{ name: 'web', containerPort: 8080 }] },
            ],
          },
        },
      },
    }),
  ]);
  const services = servicesOf([
    resource({ kind: 'Service', metadata: { name: 'a', namespace: 'shop' }, spec }),
  ]);
  return workload ? new Exposures(services).of(workload).map(({ target }) => target) : [];
}

const selector = { app: 'a' };

test.each([
  ['a number', { selector, ports: [{ port: 80, targetPort: 9090 }] }, [9090]],
  ['a number as text', { selector, ports: [{ port: 80, targetPort: '9090' }] }, [9090]],
  ['none, which is the port itself', { selector, ports: [{ port: 80 }] }, [80]],
  [
    'the name of a TCP port of a container that stays',
    { selector, ports: [{ port: 80, targetPort: 'web' }] },
    [8080],
  ],
  [
    'the name of a port of a sidecar container',
    { selector, ports: [{ port: 80, targetPort: 'stats' }] },
    [2],
  ],
  ['a name that no container has', { selector, ports: [{ port: 80, targetPort: 'nope' }] }, []],
  ['UDP', { selector, ports: [{ port: 53, protocol: 'UDP' }] }, []],
  ['a headless Service', { selector, clusterIP: 'None', ports: [{ port: 7000 }] }, [7000]],
  ['another selector', { selector: { app: 'b' }, ports: [{ port: 80 }] }, []],
  ['no selector', { ports: [{ port: 80 }] }, []],
  ['an external name', { selector, type: 'ExternalName', externalName: 'x', ports: [{ port: 80 }] }, []],
  [
    'several ports',
    {
      selector,
      ports: [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
    },
    [1, 2],
  ],
])('a Service with %s', (_, spec, expected) => {
  expect(targets(spec)).toEqual(expected);
});

const OPEN: Case = { run: '/server --listen=127.0.0.1:8080', finds: 8080 };

test.each<[string, Case, number[]]>([
  [
    'an unset Secret says nothing',
    { ...OPEN, container: { envFrom: [{ secretRef: { name: 's' } }] } },
    [8080],
  ],
  [
    'a Secret may set what the default is',
    {
      image: 'quay.io/oauth2-proxy/oauth2-proxy:v7',
      args: '--upstream=http://a',
      finds: 4180,
      container: { envFrom: [{ secretRef: { name: 's' } }] },
    },
    [],
  ],
  [
    'a ConfigMap that is elsewhere may, too',
    { run: 'uvicorn a:b', finds: 8000, container: { envFrom: [{ configMapRef: { name: 'x' } }] } },
    [],
  ],
  [
    'another container that declares the port is in front',
    { ...OPEN, beside: [{ name: 'proxy', image: 'p', ports: [{ containerPort: 8080 }] }] },
    [],
  ],
  [
    'another container that listens on the port is in front',
    { ...OPEN, beside: [{ name: 'proxy', image: 'p', args: ['--listen=0.0.0.0:8080'] }] },
    [],
  ],
])('%s', (_, one, expected) => {
  expect(listenersOf(one).map(({ exposure }) => exposure.target)).toEqual(expected);
});
