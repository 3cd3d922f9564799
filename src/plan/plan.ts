import type { Plan } from '../vocabulary.ts';
import type { Settings } from '../config/settings.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { canaryDrafts } from './canary.ts';
import { versionWords } from './checks.ts';
import { deliveryOf } from './delivery.ts';
import { inPlaceDrafts } from './in-place.ts';
import { performerOf } from './installers/all.ts';
import type { Promotion } from './promotion.ts';
import { stagesOf, type Stages } from './stage.ts';
import { finished } from './step.ts';
import { beforeMergingTexts, thisChangeText } from './this-change.ts';
import { planeText, upgradeOf, type Upgrade } from './upgrade.ts';
import { WorkingCopy, type Texts } from './working-copy.ts';

/** Where an environment stands and how it goes on; no plan where nothing is to be promoted or too little is known. */
export interface Planned {
  readonly stage: Stages;
  readonly plan?: Plan;
}

/** Steps of a plan that is not for people any more: something unusual was read, and the stage alone is told. */
const MOST_STEPS = 60;

/**
 * The stage of an environment on both sides, and the plan from head to the end of its upgrade. `textOf` gives the text of a
 * file at head, for the edits that steps offer; `undefined` where there is none.
 * @throws SourceError when the source breaks.
 */
export async function planOf(
  base: Mesh,
  head: Mesh,
  settings: Settings,
  textOf: (file: string) => Promise<string | undefined>,
): Promise<Planned> {
  const upgrade = upgradeOf(base, head);
  const stage = stagesOf(base, head, upgrade);
  const texts = new Map<string, string>();
  for (const file of upgrade.is === 'canary' || upgrade.is === 'in-place' ? filesToEdit(head) : []) {
    const text = await textOf(file);
    if (text !== undefined) texts.set(file, text);
  }
  const promotion = promotionOf(base, head, settings, texts, upgrade);
  if (!promotion) return { stage };
  const inPlace = upgrade.is === 'in-place';
  const drafts = inPlace ? inPlaceDrafts(promotion) : canaryDrafts(promotion);
  if (drafts.length > MOST_STEPS) return { stage };
  const steps = drafts.map(finished);
  const plan: Plan = {
    goal: goalOf(promotion, inPlace),
    installer: promotion.installer,
    from: stage.head,
    to: inPlace ? 'steady' : 'old-removed',
    thisChange: thisChangeText(steps),
    beforeMerging: beforeMergingTexts(promotion, steps, inPlace),
    steps,
  };
  return { stage, plan };
}

function promotionOf(
  base: Mesh,
  head: Mesh,
  settings: Settings,
  texts: Texts,
  upgrade: Upgrade,
): Promotion | undefined {
  if (upgrade.is === 'unknown' || upgrade.is === 'steady') return undefined;
  if (upgrade.is === 'canary' && upgrade.idle !== undefined) return undefined;
  const { to } = upgrade;
  const installer = performerOf(to, head);
  return {
    base,
    head,
    to,
    olds: upgrade.is === 'canary' ? upgrade.olds : [upgrade.from],
    installer,
    delivery: deliveryOf(head, installer),
    copy: new WorkingCopy(texts),
    settings,
  };
}

function goalOf({ to, olds }: Promotion, inPlace: boolean): string {
  if (inPlace) {
    const who =
      to.revision === 'default'
        ? 'The control plane and its proxies'
        : `Control plane and proxies of revision ${to.revision}`;
    return `${who} run ${versionWords(to)}.`;
  }
  const old = olds.map(planeText).join(' and ');
  return `${capital(planeText(to))} serves what ${old} serve${olds.length > 1 ? '' : 's'} now, and ${old} ${olds.length > 1 ? 'are' : 'is'} gone.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Most files whose text a plan asks for; in more, edits are made by hand. */
const MOST_FILES = 400;

/** The files at head in which steps may offer edits. */
function filesToEdit(head: Mesh): string[] {
  const files = new Set<string>();
  const add = (file: string): void => {
    files.add(file);
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    files.add(`${folder}${/\/?Chart\.ya?ml$/.test(file) ? 'values.yaml' : 'kustomization.yaml'}`);
  };
  for (const { at } of [...head.controlPlanes, ...head.components, ...head.tags]) add(at.file);
  for (const { values } of head.controlPlanes) {
    if (values) files.add(values.at(['revision']).file);
  }
  for (const { defaultRevision, revisionAt } of head.components) {
    if (defaultRevision) files.add(defaultRevision.at.file);
    if (revisionAt) files.add(revisionAt.file);
  }
  for (const { resource, managedBy } of head.namespaces.values()) {
    if (managedBy) files.add(managedBy.origin.file);
    if (resource) files.add(resource.origin.at(['metadata', 'labels'], 'key').file);
  }
  for (const { resource, labels } of head.workloads) {
    if ('istio.io/rev' in labels || 'sidecar.istio.io/inject' in labels) files.add(resource.origin.file);
  }
  for (const { origin } of head.resources('KubernetesGateway')) files.add(origin.file);
  return [...files].sort().slice(0, MOST_FILES);
}
