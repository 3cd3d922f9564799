import { compareVersions, formatVersion } from '../facts/versions.ts';
import type { MeshComponent } from '../mesh/mesh.ts';
import { versionSteps } from '../mesh/version-steps.ts';
import type { Installer } from '../vocabulary.ts';
import { versionWords } from './checks.ts';
import { deliveryOf } from './delivery.ts';
import { INSTALLERS, performerOf } from './installers/all.ts';
import { isTerraform } from './installers/helm-commands.ts';
import { isDowngrade, type Promotion } from './promotion.ts';
import { REVERT, type Action } from './step.ts';

/** A base chart that this change lowers. */
export function staysAbove(p: Promotion): string[] {
  if (!isDowngrade(p)) return [];
  return versionSteps(p.base.components, p.head.components).flatMap(({ after, from, to }) =>
    after.component === 'base' && compareVersions(to, from) < 0
      ? [
          `Base chart ${after.name} stays at ${formatVersion(from)}: CRDs only go upwards, and ${versionWords(p.to)} runs with them.`,
        ]
      : [],
  );
}

/** Terraform installs releases side by side unless they say otherwise. */
export function togetherInOrder({ to }: Promotion, parts: readonly MeshComponent[]): string[] {
  return parts.length > 0 && isTerraform(to)
    ? ['depends_on says the order: CRDs, control plane, CNI plugin, ztunnel, gateways.']
    : [];
}

/** Helm takes over nothing that it has not made. */
export function takenOver({ olds: [from], to }: Promotion): string[] {
  if (!from || isHelms(from.installer) === isHelms(to.installer)) return [];
  const who = `${from.at.file} installs it by other means so far`;
  return [
    isHelms(to.installer) && to.installer !== 'argocd'
      ? `${who}: Helm takes over only objects with the label app.kubernetes.io/managed-by=Helm and the annotations meta.helm.sh/release-name and -namespace, and a revision of its own beside it needs none of that.`
      : `${who}: whoever did leaves its objects alone from here on, and takes none of them away.`,
  ];
}

const CHARTS: ReadonlySet<Installer> = new Set(['helm', 'flux', 'argocd']);

function isHelms(installer: Installer): boolean {
  return CHARTS.has(installer);
}

/** Where another installer was at work before, its own way leads back. */
export function anotherInstaller(p: Promotion, { rollback }: Action): Pick<Action, 'rollback'> {
  const [from] = p.olds;
  if (!from || from.installer === p.to.installer) return { rollback };
  const installer = performerOf(from, p.base);
  const back = {
    ...p,
    head: p.base,
    to: from,
    olds: [p.to],
    installer,
    delivery: deliveryOf(p.base, installer),
  };
  const { preconditions, run } = INSTALLERS[installer].upgradeInPlace(back);
  return { rollback: [REVERT, ...preconditions, ...run] };
}
