import type { Origin, Resource } from '../render/resource.ts';
import { asMap, asText, fieldAt, scalarText } from '../untyped.ts';

/** A cluster that the repository registers with Argo CD. */
export interface ArgoCluster {
  readonly name: string;
  readonly server: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

const SECRET_TYPE = 'argocd.argoproj.io/secret-type';

/** The clusters among the objects of a repository; their credentials are not looked at. */
export function argoClusters(objects: readonly Resource[]): ArgoCluster[] {
  return objects
    .filter(
      ({ kind, group, labels }) => kind === 'Secret' && group === '' && labels[SECRET_TYPE] === 'cluster',
    )
    .flatMap(({ body, name, labels, annotations, origin }) => {
      const server = dataOf(body, 'server');
      return server === ''
        ? []
        : [{ name: dataOf(body, 'name') || name, server, labels, annotations, origin }];
    });
}

function dataOf(secret: unknown, key: string): string {
  const plain = scalarText(fieldAt(fieldAt(secret, 'stringData'), key));
  if (plain !== undefined) return plain;
  const encoded = asText(fieldAt(fieldAt(secret, 'data'), key));
  return /^[A-Za-z0-9+/=]{1,2000}$/.test(encoded) ? Buffer.from(encoded, 'base64').toString('utf8') : '';
}

/** Does a cluster generator's `selector` (matchLabels, matchExpressions) take the cluster? */
export function isSelected({ labels }: ArgoCluster, selector: unknown): boolean {
  const wanted = Object.entries(asMap(fieldAt(selector, 'matchLabels')) ?? {});
  return wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === scalarText(value));
}
