import type { Workload } from '../../src/mesh/mesh.ts';
import { servicesOf } from '../../src/mesh/services.ts';
import { workloadsOf } from '../../src/mesh/workloads.ts';
import { toResource } from '../../src/render/plain.ts';
import type { Resource } from '../../src/render/resource.ts';
import { Exposures } from '../../src/listeners/exposure.ts';
import { type LoopbackListener, loopbackListeners } from '../../src/listeners/loopback-listeners.ts';

/** A container in short, and the ports that a Service leads to. Of those, `finds` listen on loopback and `spares` do not. */
export interface Case {
  /** Why it is there, where the rest does not say. */
  readonly about?: string;
  readonly image?: string;
  /** The command as one line: words are split at spaces, quotes respected. */
  readonly run?: string;
  /** The arguments as one line, for the image's own command. */
  readonly args?: string;
  /** A script for `sh -c`. */
  readonly sh?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Mounted files by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Ports that the container declares. */
  readonly ports?: readonly number[];
  /** More of the container, as Kubernetes writes it. */
  readonly container?: Readonly<Record<string, unknown>>;
  /** ConfigMaps by name, for `container` and `pod`. */
  readonly configMaps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** More of the pod, as Kubernetes writes it. */
  readonly pod?: Readonly<Record<string, unknown>>;
  /** More containers, as Kubernetes writes them. */
  readonly beside?: readonly Readonly<Record<string, unknown>>[];
  readonly finds?: number | readonly number[];
  readonly spares?: number | readonly number[];
}

const NOWHERE = { file: 'case.yaml', line: 1, column: 1, endLine: 1 };

function resource(body: Readonly<Record<string, unknown>>): Resource {
  const made = toResource(body, { file: 'case.yaml', through: [], at: () => NOWHERE }, 'case');
  if (!made) throw new Error('a case that is no resource');
  return made;
}

/** What is found, for a Service with every port that the case speaks of. */
export function listenersOf(one: Case): LoopbackListener[] {
  const files = Object.entries(one.files ?? {});
  const ports = [...portsOf(one.finds), ...portsOf(one.spares)];
  const service = resource({
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'app', namespace: 'shop' } },
    spec: { selector: { app: 'app' }, ports: ports.map((port) => ({ name: `tcp-${port}`, port })) },
  });
  const configMap = (name: string): Resource | undefined => {
    const text = /^file-\d+$/.test(name) ? files[Number(name.slice(5))]?.[1] : undefined;
    const data = text === undefined ? one.configMaps?.[name] : { key: text };
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } };
    return data && resource({ ...body, data });
  };
  return loopbackListeners(workloadOf(one), new Exposures(servicesOf([service])), configMap);
}

export function portsOf(ports: number | readonly number[] | undefined): readonly number[] {
  return typeof ports === 'number' ? [ports] : (ports ?? []);
}

function workloadOf(one: Case): Workload {
  const files = Object.keys(one.files ?? {});
  const container = {
    ...{ name: 'app', image: one.image ?? 'registry.example.com/app:1' },
    ...(one.run !== undefined && { command: wordsOf(one.run) }),
    ...(one.sh !== undefined && { command: ['sh', '-c', one.sh] }),
    ...(one.args !== undefined && { args: wordsOf(one.args) }),
    env: Object.entries(one.env ?? {}).map(([name, value]) => ({ name, value })),
    ports: (one.ports ?? []).map((containerPort) => ({ containerPort })),
    volumeMounts: files.map((mountPath, index) => ({ name: `file-${index}`, mountPath, subPath: 'key' })),
    ...one.container,
  };
  const volumes = files.map((_, index) => ({ name: `file-${index}`, configMap: { name: `file-${index}` } }));
  const spec = { containers: [container, ...(one.beside ?? [])], volumes, ...one.pod };
  const [workload] = workloadsOf([
    resource({
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace: 'shop' } },
      spec: { template: { metadata: { labels: { app: 'app' } }, spec } },
    }),
  ]);
  if (!workload) throw new Error('a case without a workload');
  return workload;
}

function wordsOf(line: string): string[] {
  return (line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) => word.replace(/["']/g, ''));
}
