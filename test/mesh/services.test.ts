import { expect, test } from '@jest/globals';
import { servicesOf } from '../../src/mesh/services.ts';
import { object, service } from './manifests.ts';

test('a Service with its ports', () => {
  const [model] = servicesOf([
    service('shop', 'cart', {
      selector: { app: 'cart' },
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { port: 443, targetPort: 'tls', protocol: 'TCP', appProtocol: 'https' },
        { port: 53, protocol: 'UDP' },
        { port: '${PORT}' },
      ],
    }),
  ]);
  expect(model).toMatchObject({ selector: { app: 'cart' }, type: 'ClusterIP', headless: false });
  expect(model?.ports).toEqual([
    { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: '', index: 0 },
    { name: '', port: 443, targetPort: 'tls', protocol: 'TCP', appProtocol: 'https', index: 1 },
    { name: '', port: 53, targetPort: 53, protocol: 'UDP', appProtocol: '', index: 2 },
    { name: '', port: 0, targetPort: 0, protocol: 'TCP', appProtocol: '', index: 3 },
  ]);
});

test('headless and external Services', () => {
  const [headless, external] = servicesOf([
    service('shop', 'db', { clusterIP: 'None' }),
    service('shop', 'mail', { type: 'ExternalName', externalName: 'mail.example.com' }),
  ]);
  expect(headless?.headless).toBe(true);
  expect(external).toMatchObject({ type: 'ExternalName', ports: [] });
});

test('only the Services of Kubernetes itself, however malformed', () => {
  const knative = object('serving.knative.dev/v1', 'Service', 'fn', {});
  const broken = object('v1', 'Service', 'broken', { spec: { ports: { http: 80 }, selector: 'app' } });
  expect(servicesOf([knative, broken]).map(({ name, ports }) => [name, ports])).toEqual([['broken', []]]);
});
