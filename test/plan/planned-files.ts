import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import type { EnvironmentReview } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import type { Plan, PlanStep } from '../../src/vocabulary.ts';

type Files = Readonly<Record<string, string>>;

export const CHARTS = 'https://istio-release.storage.googleapis.com/charts';

/** The one environment of a repository whose files change like this. `both` are there on both sides. */
export async function changed(base: Files, head: Files, both: Files = {}): Promise<EnvironmentReview> {
  const snapshot = (name: string, files: Files) => memorySnapshot(name, { ...both, ...files });
  const settings = { ...DEFAULT_SETTINGS, today: '2026-11-01' };
  const { environments } = await review(snapshot('base', base), snapshot('head', head), settings);
  const [environment, ...others] = environments;
  if (!environment || others.length > 0) throw new Error(`${environments.length} environments`);
  return environment;
}

export async function planOfChange(base: Files, head: Files, both: Files = {}): Promise<Plan> {
  const { plan, stage } = await changed(base, head, both);
  if (!plan) throw new Error(`no plan: ${stage?.because ?? ''}`);
  return plan;
}

/** The step whose title matches. */
export function stepOf(plan: Plan, title: RegExp): PlanStep {
  const step = plan.steps.find((one) => title.test(one.title));
  if (!step)
    throw new Error(`no step ${String(title)} among ${plan.steps.map((one) => one.title).join('; ')}`);
  return step;
}

export function titles({ steps }: Plan): string[] {
  return steps.map(({ title }) => title);
}

/** A release of a helmfile. */
export function release(name: string, chart: string, version: string, ...values: readonly string[]): string {
  const set = values.length > 0 ? `    values:\n      - ${values.join('\n        ')}\n` : '';
  return `  - name: ${name}\n    namespace: istio-system\n    chart: istio/${chart}\n    version: ${version}\n${set}`;
}

export function helmfile(...releases: readonly string[]): string {
  return `repositories:\n  - name: istio\n    url: ${CHARTS}\nreleases:\n${releases.join('')}`;
}

export function namespace(name: string, label: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels:\n    ${label}\n`;
}

export function workload(kind: string, where: string, name: string): string {
  return `---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${where} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: 'example/${name}:1' }] }
`;
}

/** An IstioOperator. */
export function operatorObject(name: string, ...spec: readonly string[]): string {
  const lines = ['profile: minimal', ...spec].map((line) => `  ${line}\n`).join('');
  return `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: ${name}\n  namespace: istio-system\nspec:\n${lines}`;
}
