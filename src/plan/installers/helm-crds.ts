import { atLeast } from '../../facts/versions.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import { isAtNew, isFrom, versionArgument, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { versionIn } from '../upgrade.ts';
import { chartOf } from './helm-commands.ts';

/** The component as it was: at base where this change has brought it up already. */
export function beforeStep(p: Promotion, component: MeshComponent): MeshComponent {
  return isAtNew(p, component) === true ? (atBase(p, component) ?? component) : component;
}

function atBase({ base }: Promotion, component: MeshComponent): MeshComponent | undefined {
  const same = ({ name, component: sort }: MeshComponent): boolean =>
    name === component.name && sort === component.component;
  return base.components.find(same);
}

/** Helm leaves CRDs alone that are not templates, as they are since 1.24; before 1.8 they are no chart's. */
export function crds(p: Promotion): string[] {
  return isFrom(p, 24) || !isFrom(p, 8)
    ? []
    : [`${sh`helm show crds ${chartOf('base', versionArgument(p))}`} | kubectl apply -f -`];
}

/** The first base chart with CRD templates must own the CRDs there are. */
export function adoption(p: Promotion, component: MeshComponent): string[] {
  const before = isAtNew(p, component) === true ? atBase(p, component) : component;
  const earlier = before?.version ?? (p.olds[0] && versionIn(p.olds[0]));
  if (!isFrom(p, 24) || atLeast(earlier, 24) !== false) return [];
  return [
    'Helm owns the CRDs (label app.kubernetes.io/managed-by=Helm and the annotations meta.helm.sh/release-name and -namespace of the base release on every CRD of Istio): charts since 1.24 bring them as templates.',
  ];
}
