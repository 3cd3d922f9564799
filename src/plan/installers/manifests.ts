import type { Fix } from '../../vocabulary.ts';
import { fieldAt, listAt, textAt } from '../../untyped.ts';
import type { ControlPlane, Mesh, RevisionTag } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { tagPointsTo } from '../checks.ts';
import { deliveredEdit, withTheirCharts, type Place } from '../delivery.ts';
import { present } from '../moves.ts';
import { objectOf, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
import type { InstallerSteps } from './installer.ts';

/** Rendered manifests, applied by hand or by a GitOps tool. */
export const manifests: InstallerSteps = {
  base: (p, { at }) => deliveredEdit(p.delivery, [], [{ file: at.file }], []),
  install: (p) => applied(p, placesOf(p.head, p.to)),
  upgradeInPlace: (p) => {
    const [old] = p.olds;
    const before = old ? placesOf(p.base, old) : placesOf(p.head, p.to);
    return { ...applied(p, placesOf(p.head, p.to)), rollback: [REVERT, ...p.delivery.apply(before)] };
  },
  retarget: retargetManifest,
  moveGateway: () => NOTHING,
  part: (p, { at }) => deliveredEdit(p.delivery, [], [{ file: at.file }], []),
  makeDefault: () => undefined,
  remove: (p, old) => {
    const names = objectsOf(old);
    const file = old.at.file;
    const back = sh`kubectl apply -f ${file}`;
    if (p.delivery.by !== 'kubectl') {
      const edit = wholeFile(p, old);
      return deliveredEdit(p.delivery, edit, [{ file, resource: old.resource }], []);
    }
    return {
      ...NOTHING,
      edits: wholeFile(p, old),
      run: [
        sh`kubectl delete ${names} -n ${old.namespace} --ignore-not-found`,
        sh`kubectl delete ${webhooksOf(old)} --ignore-not-found`,
      ],
      rollback: [REVERT, back],
    };
  },
};

function applied(p: Promotion, places: readonly Place[]): Action {
  const run = p.delivery.apply(places);
  const byHand = sh`kubectl delete ${objectsOf(p.to)} -n ${p.to.namespace} --ignore-not-found`;
  const webhooks = sh`kubectl delete ${webhooksOf(p.to)} --ignore-not-found`;
  const preconditions = withTheirCharts(p.delivery, places);
  const back = p.delivery.by === 'kubectl' && run.length > 0 ? [byHand, webhooks] : run;
  return { ...NOTHING, preconditions, run, rollback: [REVERT, ...back] };
}

/** Every file that holds an object of a control plane on this side. */
function placesOf(side: Mesh, to: ControlPlane): Place[] {
  const own = [...objectsOf(to), ...webhooksOf(to)];
  const kinds = [
    'ConfigMap',
    'Service',
    'Deployment',
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ];
  const resources = kinds.flatMap((kind) =>
    side.resources(kind).filter(({ name, namespace }) => {
      const place = namespace === '' || namespace === to.namespace;
      return place && own.includes(`${kind.toLowerCase()}/${name}`);
    }),
  );
  const places = resources.map((resource) => ({ file: resource.origin.file, resource }));
  return places.length > 0 ? places : [{ file: to.at.file, resource: to.resource }];
}

function objectsOf(plane: ControlPlane): string[] {
  const istiod = objectOf('istiod', plane);
  return [
    `deployment/${istiod}`,
    `service/${istiod}`,
    `configmap/${objectOf('istio', plane)}`,
    `configmap/${objectOf('istio-sidecar-injector', plane)}`,
  ];
}

function webhooksOf(plane: ControlPlane): string[] {
  const elsewhere = plane.namespace === 'istio-system' ? '' : `-${plane.namespace}`;
  const names = [`mutatingwebhookconfiguration/${objectOf('istio-sidecar-injector', plane)}${elsewhere}`];
  if (plane.revision === 'default') return names;
  return [...names, `validatingwebhookconfiguration/istio-validator-${plane.revision}-${plane.namespace}`];
}

/** The file goes when it holds nothing but this control plane's objects. */
function wholeFile(p: Promotion, old: ControlPlane): Fix[] {
  const { file } = old.at;
  const lines = p.copy.text(file);
  const mine = new Set([...objectsOf(old), ...webhooksOf(old)]);
  const inFile = [
    'Namespace',
    'ConfigMap',
    'Service',
    'ServiceAccount',
    'Deployment',
    'MutatingWebhookConfiguration',
  ]
    .flatMap((kind) => p.head.resources(kind))
    .filter(({ origin }) => origin.file === file);
  if (!lines || inFile.length === 0) return [];
  const onlyMine = inFile.every(({ kind, name }) => mine.has(`${kind.toLowerCase()}/${name}`));
  return onlyMine ? present([p.copy.removeLines(file, 1, Infinity, `Remove ${file}`)]) : [];
}

/** The label says where a tag points, the webhooks' Service does the injecting; since 1.28 a Service of its own too. */
export function retargetManifest(p: Promotion, tag: RevisionTag): Action {
  const services = p.head
    .resources('Service')
    .filter(({ labels }) => labels['istio.io/tag'] === tag.name && labels['istio.io/rev'] === tag.revision);
  const resources = [
    ...(tag.resource ? [tag.resource] : []),
    ...services.filter((one) => one !== tag.resource),
  ];
  const edits = resources.flatMap((resource) => retargetEdits(p, tag, resource));
  const places = resources.map((resource) => ({ file: resource.origin.file, resource }));
  return deliveredEdit(p.delivery, edits, places, tagPointsTo(tag.name, p.to.revision));
}

function retargetEdits({ copy, to }: Promotion, tag: RevisionTag, resource: Resource): Fix[] {
  const title = `Tag ${tag.name} points to ${to.revision}`;
  const [from, service] = [tag.revision, objectOf('istiod', { revision: tag.revision })];
  const label = resource.origin.at(['metadata', 'labels', 'istio.io/rev']);
  const webhooks = listAt(resource.body, 'webhooks').flatMap((webhook, index) => {
    if (textAt(webhook, 'clientConfig', 'service', 'name') !== service) return [];
    const at = resource.origin.at(['webhooks', index, 'clientConfig', 'service', 'name']);
    return [copy.replaceValue(at, service, objectOf('istiod', to), title)];
  });
  const hasSelector = fieldAt(resource.body, 'spec', 'selector', 'istio.io/rev') !== undefined;
  const selector = hasSelector
    ? [copy.replaceValue(resource.origin.at(['spec', 'selector', 'istio.io/rev']), from, to.revision, title)]
    : [];
  return present([copy.replaceValue(label, from, to.revision, title), ...webhooks, ...selector]);
}
