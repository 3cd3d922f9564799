import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { parseImage } from '../../mesh/installations/image-reference.ts';
import { fields, text } from '../body.ts';
import { reach } from './hazards/reach.ts';

/** The Sail operator as the repository installs it: the release, as written, and where. */
export interface SailOperator {
  /** `1.27.3`. */
  readonly release: string;
  readonly resource: Resource;
  readonly path: Path;
}

const RELEASE = /(?:^|[-.:]v?|v)(\d{1,2}\.\d{1,2}\.\d{1,2})$/;
/** A chart, its name and where its version stands; and a Subscription of OLM, whose `startingCSV` ends in the release. */
const PLACES: Readonly<Record<string, readonly (readonly [each: string, name: string, version: string])[]>> =
  {
    'HelmRelease.helm.toolkit.fluxcd.io': [['spec.chart.spec', 'chart', 'version']],
    'Application.argoproj.io': [
      ['spec.source', 'chart', 'targetRevision'],
      ['spec.sources[]', 'chart', 'targetRevision'],
    ],
    'Subscription.operators.coreos.com': [['spec', 'name', 'startingCSV']],
  };

export const SAIL_OPERATOR_INPUTS: readonly string[] = [...Object.keys(PLACES), 'workloads'];

const NAMES = new Set(['sail-operator', 'sailoperator']);

/** Every Sail operator whose release the repository names. */
export function sailOperators(mesh: Mesh): SailOperator[] {
  const installed = Object.entries(PLACES).flatMap(([kind, places]) =>
    mesh.resources(kind).flatMap((resource) =>
      places.flatMap(([each, name, version]) =>
        reach(resource.body, each)
          .filter((part) => NAMES.has(text(part.value, name)))
          .flatMap((part) => found(resource, text(part.value, version), [...part.path, version])),
      ),
    ),
  );
  const running = mesh.workloads.flatMap(({ containers, resource }) =>
    containers.flatMap(({ image, path }) => {
      const reference = parseImage(image);
      return reference.name === 'sail-operator' ? found(resource, reference.tag, [...path, 'image']) : [];
    }),
  );
  return [...installed, ...running];
}

function found(resource: Resource, written: string, path: Path): SailOperator[] {
  const release = RELEASE.exec(written)?.[1];
  return release === undefined ? [] : [{ release, resource, path }];
}

/** The version that an object of the operator asks for. */
export function askedVersion({ body }: Resource): string {
  return text(fields(body, 'spec'), 'version');
}
