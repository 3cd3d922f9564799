import type { Mesh } from '../../mesh/mesh.ts';
import { perObject } from '../../remember.ts';
import type { Resource } from '../../render/resource.ts';
import { append } from '../../mesh/multimap.ts';
import { fields, text } from '../body.ts';

/** Kinds that make one Secret in their own namespace, and the name they give it. */
const MAKERS: Readonly<Record<string, (maker: Resource) => string>> = {
  Secret: ({ name }) => name,
  'Certificate.cert-manager.io': ({ body }) => text(fields(body, 'spec'), 'secretName'),
  'ExternalSecret.external-secrets.io': ({ body, name }) =>
    text(fields(fields(body, 'spec'), 'target'), 'name') || name,
  'SealedSecret.bitnami.com': ({ body, name }) =>
    text(fields(fields(fields(body, 'spec'), 'template'), 'metadata'), 'name') || name,
};

/** Kinds that make Secrets in namespaces other than their own. */
const COPIERS = [
  'ClusterPolicy.kyverno.io',
  'ClusterExternalSecret.external-secrets.io',
  'PushSecret.external-secrets.io',
  'ClusterSecret.clustersecret.io',
  'SecretExport.secretgen.carvel.dev',
] as const;

/** The kinds that this reads, as the inputs of a rule. */
export const SECRET_KINDS = [...Object.keys(MAKERS), ...COPIERS];

/** Objects of the repository that make a Secret of this name, in whatever namespace. */
export function makersOf(mesh: Mesh, secret: string): readonly Resource[] {
  return makers(mesh).get(secret) ?? [];
}

const makers = perObject((mesh: Mesh): ReadonlyMap<string, Resource[]> => {
  const byName = new Map<string, Resource[]>();
  for (const [kind, nameOf] of Object.entries(MAKERS)) {
    for (const maker of mesh.resources(kind)) append(byName, nameOf(maker), maker);
  }
  return byName;
});

/**
 * What may copy these Secrets to other namespaces: an object for that, or annotations by which tools such as reflector,
 * replicator and config-syncer (kubed) are told to. Other annotations are taken for such, too: there are many such tools.
 */
export function copierOf(mesh: Mesh, made: readonly Resource[]): string | undefined {
  const [copier] = COPIERS.flatMap((kind) => mesh.resources(kind));
  if (copier) return `${copier.kind} ${copier.name}`;
  const told = made.find(
    ({ annotations, body }) =>
      Object.keys(annotations).some((key) => COPYING.test(key)) ||
      SECRET_TEMPLATES.some((path) => Object.keys(templateAt(body, path)).length > 0),
  );
  return told && `what reads the annotations of ${told.kind} ${told.name}`;
}

const COPYING = /reflect|replicat|sync|copy|copied|clone|mirror/i;
const SECRET_TEMPLATES = [['secretTemplate'], ['target', 'template', 'metadata'], ['template', 'metadata']];

/** Annotations and labels that the Secret itself is to get. */
function templateAt(body: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  const template = path.reduce<unknown>((owner, name) => fields(owner, name), fields(body, 'spec'));
  return { ...fields(template, 'annotations'), ...fields(template, 'labels') };
}
