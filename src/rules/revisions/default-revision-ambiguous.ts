import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { controlPlaneSubject, tagSubject } from './revision-names.ts';

/**
 * Who answers to `istio-injection=enabled`. Two owners of the unnamed control plane write the same objects; a tag `default`
 * beside it makes two webhooks match (since 1.10; `istioctl tag set default` disarms the other, GitOps arms it again).
 */
export default defineRule({
  id: 'default-revision-ambiguous',
  name: 'default-revision-ambiguous',
  level: 'error',
  inputs: ['controlPlanes', 'components', 'tags'],
  summary: 'The default revision has two owners.',
  messages: {
    owners:
      'The default control plane is installed twice, by {installer} ({release}) and by {other} ({otherRelease}): both write the same istiod and webhooks.',
    tag: 'Tag default points to revision {revision}, and an unnamed control plane answers to the same labels: two webhooks match.',
  },
  advice: {
    owners: 'Leave one of them in, and remove the other in a change of its own, once the first one runs.',
    tag: 'Remove the unnamed control plane once nothing uses it, or let the tag point to default until then.',
  },
  check({ mesh, report }) {
    const owners = mesh.controlPlanes.filter(({ revision }) => revision === 'default');
    const [first, second] = competing(mesh, owners);
    if (first && second) {
      const data = { ...named(second), other: first.installer, otherRelease: first.release ?? 'istiod' };
      const evidence = [{ says: `${first.installer} installs it here`, at: first.at }];
      report(controlPlaneSubject(second), [], 'owners', data, { confidence: 'likely', evidence });
    }
    const [unnamed] = owners;
    const tag = mesh.tags.find(({ name }) => name === 'default');
    if (!tag || !unnamed || tag.revision === 'default' || !isKnown(tag.revision)) return;
    // Webhooks that both stand in manifests are compared selector by selector, as IST0139.
    if (unnamed.installer === 'manifests' && tag.resource?.kind === WEBHOOKS) return;
    const evidence = [{ says: 'the unnamed control plane', at: unnamed.at }];
    report(tagSubject(tag), [], 'tag', { revision: tag.revision }, { level: 'warning', evidence });
  },
});

const WEBHOOKS = 'MutatingWebhookConfiguration';

function named({ installer, release }: ControlPlane): { installer: string; release: string } {
  return { installer, release: release ?? 'istiod' };
}

/**
 * Two controllers that both reconcile the unnamed control plane of one namespace. Two of the same sort are more often two
 * clusters than one mistake, and what only istioctl would install may be a file that was left behind.
 */
function competing(mesh: Mesh, owners: readonly ControlPlane[]): readonly ControlPlane[] {
  const hasOperator = mesh.components.some(({ component }) => component === 'operator');
  const reconciled = owners.filter(
    ({ installer }) => CONTINUOUS.has(installer) || (installer === 'istioctl' && hasOperator),
  );
  const operated = reconciled.find(({ installer }) => installer === 'sail' || installer === 'istioctl');
  const other =
    operated &&
    reconciled.find(
      ({ installer, namespace }) => installer !== operated.installer && namespace === operated.namespace,
    );
  return operated && other ? [other, operated] : [];
}

const CONTINUOUS = new Set<ControlPlane['installer']>(['sail', 'flux', 'argocd', 'helm']);
