const TEMPLATES = 'templates/';

/** How templates that nobody renders are told of. */
export function templatesOf(chart: string): string {
  return `Helm templates of ${chart}`;
}

/**
 * The chart a path is a template of: `charts/shop` for `charts/shop/templates/deploy.yaml` where `charts/shop/Chart.yaml`
 * exists, `.` for a chart at the root. What stands under `templates/` is no manifest before Helm has rendered it.
 */
export function chartOfTemplate(path: string, exists: (path: string) => boolean): string | undefined {
  for (let at = path.indexOf(TEMPLATES); at >= 0; at = path.indexOf(TEMPLATES, at + 1)) {
    if (at > 0 && path[at - 1] !== '/') continue;
    if (exists(`${path.slice(0, at)}Chart.yaml`)) return at === 0 ? '.' : path.slice(0, at - 1);
  }
  return undefined;
}
