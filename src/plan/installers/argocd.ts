import { argoSync } from '../delivery.ts';
import { sh } from '../shell.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import type { Promotion } from '../promotion.ts';
import { gitOpsSteps } from './chart-edits.ts';

/** Argo CD Applications and ApplicationSets: edits in git, then a sync. */
export const argocd = gitOpsSteps({
  sync: (p, owner) => [...parentSync(p, owner), ...argoSync(applicationOf(p, owner))],
  prune: (p, old) => {
    const own = old.resource?.kind === 'Application' ? old.resource.name : (old.release ?? 'istiod');
    const parent = parentSync(p, old);
    // Without a parent in sight nobody prunes the application: it is deleted with what it installed.
    return parent.length > 0 ? parent : [sh`argocd app delete ${own} --cascade --yes`];
  },
});

/** The application whose chart it is: an Application of this environment by release or name, else the release's own name. */
function applicationOf({ head }: Promotion, { name, at }: Pick<MeshComponent, 'name' | 'at'>): string {
  const near = head.resources('Application.argoproj.io').filter(({ origin }) => origin.file === at.file);
  return (
    near.find((one) => one.name === name)?.name ??
    near.find(({ origin }) => isAround(origin.at([]), at))?.name ??
    name
  );
}

function isAround(outer: { line: number; endLine: number }, { line }: { line: number }): boolean {
  return outer.line <= line && line <= outer.endLine;
}

/** The application of applications that holds the file, when it is here. */
function parentSync(p: Promotion, { at }: Pick<MeshComponent, 'at'>): string[] {
  return p.delivery.by === 'argocd' ? p.delivery.apply([{ file: at.file }]) : [];
}
