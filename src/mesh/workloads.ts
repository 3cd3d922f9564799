import type { Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { fieldAt, listAt, mappingAt, numberAt, textAt, textMapAt, textsAt } from '../untyped.ts';
import { kindName } from './kinds.ts';
import { perObject } from '../remember.ts';

/** A container of a pod template, as the manifest writes it. */
export interface ContainerModel {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Literal `env` entries; others (`valueFrom`) are absent. */
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
  readonly body: Readonly<Record<string, unknown>>;
  /** From the resource's body. */
  readonly path: Path;
}

/** An object that makes pods, or a bare pod. */
export interface Workload {
  readonly resource: Resource;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Labels and annotations of the pods, not of the object. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly containers: readonly ContainerModel[];
  readonly hostNetwork: boolean;
  /** Where the pod's metadata and spec stand in the resource's body. */
  readonly metadataPath: Path;
  readonly specPath: Path;
  /** Why the pod template cannot be seen here; then `labels` and `containers` are empty and prove nothing. */
  readonly templateElsewhere?: string;
}

/** Where the pod template stands, by kind. A Pod is its own template. */
const TEMPLATE_PATHS: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Pod', []],
  ['PodTemplate', ['template']],
  ['Rollout.argoproj.io', ['spec', 'template']],
  ['Service.serving.knative.dev', ['spec', 'template']],
  ['Configuration.serving.knative.dev', ['spec', 'template']],
  ['DeploymentConfig.apps.openshift.io', ['spec', 'template']],
]);

/** Is it an object that makes pods, or a bare pod? */
export function makesPods(resource: Resource): boolean {
  return TEMPLATE_PATHS.has(kindName(resource.group, resource.kind));
}

/** Every object among `resources` that makes pods, and bare pods, in their order. */
export function workloadsOf(resources: readonly Resource[]): Workload[] {
  const workloads: Workload[] = [];
  for (const resource of resources) {
    const template = TEMPLATE_PATHS.get(kindName(resource.group, resource.kind));
    if (template !== undefined && resource.name !== '') workloads.push(workloadOf(resource));
  }
  return workloads;
}

/** Remembers workloads only: to remember of everything else that it is none costs more than to see it again. */
const workloadOf = perObject((resource: Resource): Workload =>
  readWorkload(resource, TEMPLATE_PATHS.get(kindName(resource.group, resource.kind)) ?? []),
);

function readWorkload(resource: Resource, template: Path): Workload {
  const metadataPath = [...template, 'metadata'];
  const specPath = [...template, 'spec'];
  const metadata = mappingAt(resource.body, ...metadataPath);
  const spec = mappingAt(resource.body, ...specPath);
  const elsewhere = templateElsewhere(resource, template);
  return {
    resource,
    kind: resource.kind,
    namespace: resource.namespace,
    name: resource.name,
    labels: textMapAt(metadata, 'labels'),
    annotations: textMapAt(metadata, 'annotations'),
    spec,
    containers: containersOf(spec, specPath),
    hostNetwork: fieldAt(spec, 'hostNetwork') === true,
    metadataPath,
    specPath,
    ...(elsewhere === undefined ? {} : { templateElsewhere: elsewhere }),
  };
}

/** An Argo Rollout may borrow the template of another workload (`spec.workloadRef`). */
function templateElsewhere(resource: Resource, template: Path): string | undefined {
  if (fieldAt(resource.body, ...template) !== undefined) return undefined;
  const borrowed = mappingAt(resource.body, 'spec', 'workloadRef');
  if (Object.keys(borrowed).length === 0) return undefined;
  return `its pod template is that of ${textAt(borrowed, 'kind')} ${textAt(borrowed, 'name')}`;
}

function containersOf(spec: Readonly<Record<string, unknown>>, specPath: Path): ContainerModel[] {
  return ['containers', 'initContainers'].flatMap((field) =>
    listAt(spec, field).flatMap((body, index) => {
      const container = mappingAt(body);
      const path = [...specPath, field, index];
      return container === body ? [containerOf(container, field === 'initContainers', path)] : [];
    }),
  );
}

function containerOf(body: Readonly<Record<string, unknown>>, init: boolean, path: Path): ContainerModel {
  const env = Object.create(null) as Record<string, string>;
  for (const entry of listAt(body, 'env')) {
    const name = textAt(entry, 'name');
    const value = textMapAt(entry)['value'];
    if (name !== '' && value !== undefined) env[name] = value;
  }
  return {
    name: textAt(body, 'name'),
    image: textAt(body, 'image'),
    init,
    command: textsAt(body, 'command'),
    args: textsAt(body, 'args'),
    env,
    ports: listAt(body, 'ports').flatMap((entry) => {
      const port = numberAt(entry, 'containerPort');
      if (port === undefined) return [];
      return [{ name: textAt(entry, 'name'), port, protocol: textAt(entry, 'protocol') || 'TCP' }];
    }),
    body,
    path,
  };
}
