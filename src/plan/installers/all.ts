import type { Installer } from '../../vocabulary.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { argocd } from './argocd.ts';
import { flux } from './flux.ts';
import { helm } from './helm.ts';
import type { InstallerSteps } from './installer.ts';
import { istioctl } from './istioctl.ts';
import { manifests } from './manifests.ts';
import { operator } from './operator.ts';
import { sail } from './sail.ts';

/** How each installer goes about it. Of an unknown one only the manifests are known. */
export const INSTALLERS: Readonly<Record<Installer, InstallerSteps>> = {
  istioctl,
  helm,
  argocd,
  flux,
  sail,
  operator,
  manifests,
  unknown: manifests,
};

/** Who performs what the repository writes: an IstioOperator object belongs to the operator where one runs. */
export function performerOf({ installer }: ControlPlane, mesh: Mesh): Installer {
  const operated = mesh.components.some(({ component }) => component === 'operator');
  return installer === 'istioctl' && operated ? 'operator' : installer;
}
