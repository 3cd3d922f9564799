import { serviceHost } from '../../mesh/host-names.ts';
import type { ContainerModel, Mesh, ServiceModel, Workload } from '../../mesh/mesh.ts';
import { perObject } from '../../remember.ts';
import type { Location, Path } from '../../vocabulary.ts';
import { list, text } from '../body.ts';

/** A workload that is told the address of a Service, in a variable or an argument: it calls it, most likely. */
export interface Call {
  readonly caller: Workload;
  readonly service: ServiceModel;
  readonly at: Location;
}

/** A longer text is no address. */
const LONGEST = 2_000;
/** Addresses read from one text. */
const MOST_ADDRESSES = 20;

/** The name of a Service with its namespace, as URLs and settings write it. Linear: every part is bounded and anchored. */
const ADDRESS =
  /(?<![\w.-])([a-z0-9][a-z0-9-]{0,62})\.([a-z0-9][a-z0-9-]{0,62})(\.svc(?:\.cluster\.local)?)?(?![\w-]|\.[a-z])/g;

/** `http://ledger:8080`: a Service of the caller's own namespace. */
const SHORT_ADDRESS = /\/\/([a-z0-9][a-z0-9-]{0,62})(?=[:/]|$)/g;

/** Every call that the manifests tell of, in the order of the workloads. Worked out once for a mesh. */
export const callsOf = perObject((mesh: Mesh): readonly Call[] => {
  const services = new Map(mesh.services.map((one) => [serviceHost(one.name, one.namespace), one]));
  return mesh.workloads.flatMap((caller) =>
    caller.containers.flatMap((container) =>
      textsOf(container).flatMap(({ value, path }) =>
        hostsIn(value, caller.namespace).flatMap((host) => {
          const service = services.get(host);
          return service ? [{ caller, service, at: caller.resource.origin.at(path) }] : [];
        }),
      ),
    ),
  );
});

function hostsIn(value: string, ownNamespace: string): string[] {
  if (value.length > LONGEST) return [];
  const full = value.includes('.') ? [...value.matchAll(ADDRESS)].slice(0, MOST_ADDRESSES) : [];
  const short = value.includes('//') ? [...value.matchAll(SHORT_ADDRESS)].slice(0, MOST_ADDRESSES) : [];
  return [
    ...new Set([
      ...full.map(([, name = '', namespace = '']) => serviceHost(name, namespace)),
      ...short.map(([, name = '']) => serviceHost(name, ownNamespace)),
    ]),
  ];
}

function textsOf({ body, path }: ContainerModel): { readonly value: string; readonly path: Path }[] {
  const variables = list(body, 'env').map((entry, index) => ({
    value: text(entry, 'value'),
    path: [...path, 'env', index, 'value'],
  }));
  const words = (['command', 'args'] as const).flatMap((name) =>
    list(body, name).map((word, index) => ({
      value: typeof word === 'string' ? word : '',
      path: [...path, name, index],
    })),
  );
  return [...variables, ...words];
}
