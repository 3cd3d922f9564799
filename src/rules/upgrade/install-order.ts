import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { fields, list, text } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { friendlyName } from '../suppress.ts';
import { reach } from './hazards/reach.ts';

type Context = RuleContext<'waits' | 'wave'>;

const RELEASE = 'HelmRelease.helm.toolkit.fluxcd.io';
const APPLICATION = 'Application.argoproj.io';
const WAVE = 'argocd.argoproj.io/sync-wave';

/** The order in which charts are to come: CRDs, the control plane, gateways (istio.io, install and upgrade with Helm). */
const ORDER: readonly (readonly string[])[] = [['base'], ['istiod', 'istio-discovery'], ['gateway']];

/** Only an order that is written, and written the wrong way round. */
export default defineRule({
  id: 'install-order',
  name: 'install-order',
  level: 'warning',
  inputs: [RELEASE, APPLICATION],
  summary: 'Charts of Istio are told to be installed in the wrong order.',
  messages: {
    waits: '{object} ({chart}) waits for {other} ({needs}), which needs it first.',
    wave: '{object} ({chart}) is in sync wave {wave}, after {other} ({needs}) in {otherWave}, which needs it first.',
  },
  advice: 'CRDs (base) come first, then istiod, then gateways.',
  check(context) {
    checkDependencies(context);
    checkWaves(context);
  },
});

interface Placed {
  readonly resource: Resource;
  readonly chart: string;
  readonly rank: number;
}

function placed(mesh: Mesh, kind: string, paths: readonly string[]): Placed[] {
  return mesh.resources(kind).flatMap((resource) => {
    const charts = paths.flatMap((path) => reach(resource.body, path)).map(({ value }) => String(value));
    const [chart] = charts;
    const rank = chart === undefined ? -1 : ORDER.findIndex((names) => names.includes(chart));
    return chart === undefined || rank < 0 || charts.length > 1 ? [] : [{ resource, chart, rank }];
  });
}

function checkDependencies({ mesh, report }: Context): void {
  const all = placed(mesh, RELEASE, ['spec.chart.spec.chart']).filter(isIstios);
  for (const one of all) {
    list(fields(one.resource.body, 'spec'), 'dependsOn').forEach((entry, index) => {
      const namespace = text(entry, 'namespace') || one.resource.namespace;
      const other = all.find(
        ({ resource }) => resource.name === text(entry, 'name') && resource.namespace === namespace,
      );
      if (!other || other.rank <= one.rank) return;
      tell(report, one, other, ['spec', 'dependsOn', index], 'waits', {});
    });
  }
}

function checkWaves({ mesh, report }: Context): void {
  const all = placed(mesh, APPLICATION, ['spec.source.chart', 'spec.sources[].chart']).filter(isIstios);
  for (const one of all) {
    const later = all.find(
      (other) =>
        other.rank > one.rank &&
        waveOf(other) < waveOf(one) &&
        // Those of different places are not synchronised together.
        other.resource.origin.file === one.resource.origin.file,
    );
    if (!later) continue;
    const waves = { wave: waveOf(one), otherWave: waveOf(later) };
    tell(report, one, later, ['metadata', 'annotations', WAVE], 'wave', waves);
  }
}

/** Other projects have charts called base and gateway too. */
function isIstios({ resource: { body } }: Placed): boolean {
  const spec = fields(body, 'spec');
  const sources = [fields(spec, 'source'), ...list(spec, 'sources'), fields(fields(spec, 'chart'), 'spec')];
  return sources.some(
    (source) =>
      /istio/i.test(text(source, 'repoURL')) || /istio/i.test(text(fields(source, 'sourceRef'), 'name')),
  );
}

function waveOf({ resource }: Placed): number {
  const wave = Number(resource.annotations[WAVE] ?? '0');
  return Number.isInteger(wave) ? wave : 0;
}

function tell(
  report: Context['report'],
  one: Placed,
  other: Placed,
  path: Path,
  message: 'waits' | 'wave',
  more: Readonly<Record<string, number>>,
): void {
  const data = {
    object: friendlyName(one.resource),
    chart: one.chart,
    other: friendlyName(other.resource),
    needs: other.chart,
    ...more,
  };
  report(one.resource, path, message, data);
}
