import { sh } from '../shell.ts';
import { gitOpsSteps } from './chart-edits.ts';

/** Flux HelmReleases: edits in git, then a reconciliation of the Kustomization and of the release. */
export const flux = gitOpsSteps({
  sync: (p, { name, namespace, at }) => {
    const release = p.head
      .resources('HelmRelease.helm.toolkit.fluxcd.io')
      .find(({ origin }) => origin.file === at.file && holds(origin.at([]), at.line));
    const [own, where] = release ? [release.name, release.namespace] : [name, namespace];
    return [
      ...p.delivery.apply([{ file: at.file }]),
      sh`flux reconcile helmrelease ${own} -n ${where || 'flux-system'}`,
      sh`kubectl wait ${`helmrelease/${own}`} -n ${where || 'flux-system'} --for=condition=Ready --timeout=10m`,
    ];
  },
  prune: (p, { at }) => p.delivery.apply([{ file: at.file }]),
});

function holds({ line, endLine }: { line: number; endLine: number }, wanted: number): boolean {
  return line <= wanted && wanted <= endLine;
}
