import { describe, expect, test } from '@jest/globals';
import type { DeclaredChart } from '../../../src/environments/environment.ts';
import { HclError } from '../../../src/environments/installers/hcl.ts';
import { parseHcl } from '../../../src/environments/installers/hcl-parse.ts';
import { asyncCostOf } from '../../cost.ts';
import { discover, flux, type Files } from '../repository-of.ts';

const REPOSITORY = 'https://istio-release.storage.googleapis.com/charts';

const istiod = (more: string): string => `resource "helm_release" "istiod" {
  name       = "istiod"
  repository = "${REPOSITORY}" # where Istio publishes
  chart      = "istiod"
  namespace  = "istio-system"
${more}
}
`;

async function chartsOf(files: Files): Promise<readonly DeclaredChart[]> {
  const { environments } = await discover(files);
  return environments.flatMap(({ charts }) => charts);
}

const at = ({ file, line }: { file: string; line: number }): string => `${file}:${line}`;

test('a release says its version and its values with their lines', async () => {
  const [chart, ...others] = await chartsOf({
    'infra/main.tf': istiod(`  version = "1.28.1"
  values = [
    file("\${path.module}/istiod.yaml"),
    yamlencode({ pilot = { replicaCount = 2 } }),
    <<-EOT
      meshConfig:
        accessLogFile: /dev/stdout
    EOT
  ]
  set {
    name  = "revision"
    value = "1-28-1"
  }
  set = [{ name = "global.proxy.autoInject", value = "disabled" }]`),
    'infra/istiod.yaml': 'global:\n  hub: example.com\n',
  });
  expect(others).toEqual([]);
  expect(chart).toMatchObject({
    chart: 'istiod',
    repository: REPOSITORY,
    version: '1.28.1',
    namespace: 'istio-system',
  });
  expect(chart?.values).toEqual({
    global: { hub: 'example.com', proxy: { autoInject: 'disabled' } },
    pilot: { replicaCount: 2 },
    meshConfig: { accessLogFile: '/dev/stdout' },
    revision: '1-28-1',
  });
  expect([chart?.confidence, chart?.valuesElsewhere]).toEqual([undefined, undefined]);
  expect(at(chart!.at)).toBe('infra/main.tf:6');
  expect(at(chart!.valueAt(['global', 'hub']))).toBe('infra/istiod.yaml:2');
  expect(at(chart!.valueAt(['meshConfig', 'accessLogFile']))).toBe('infra/main.tf:12');
  expect(at(chart!.valueAt(['revision']))).toBe('infra/main.tf:17');
});

test('a version comes through locals, variables and modules, and stands where it is written', async () => {
  const module = `variable "istio_version" { default = "1.20.0" }
locals { version = var.istio_version }
${istiod('  version = local.version')}`;
  const [fromDefault] = await chartsOf({ 'infra/main.tf': module });
  expect(fromDefault).toMatchObject({ version: '1.20.0', confidence: 'likely' });
  const [fromFile] = await chartsOf({
    'infra/main.tf': module,
    'infra/terraform.tfvars': 'istio_version = "1.21.0"\n',
  });
  expect(fromFile).toMatchObject({ version: '1.21.0', at: { file: 'infra/terraform.tfvars', line: 1 } });
  expect(fromFile?.confidence).toBeUndefined();
  const called = await chartsOf({
    'modules/istio/main.tf': module,
    'live/main.tf': 'module "istio" {\n  source = "../modules/istio"\n  istio_version = "1.22.0"\n}\n',
  });
  expect(called).toMatchObject([{ version: '1.22.0', at: { file: 'live/main.tf', line: 3 } }]);
});

test('a module of others is told of releases in mappings', async () => {
  const source = `module "addons" {
  source = "aws-ia/eks-blueprints-addons/aws"
  helm_releases = {
    istiod = {
      chart         = "istiod"
      chart_version = "1.22.1"
      repository    = local.charts
      namespace     = "istio-system"
    }
    other = { chart = "grafana", version = "1.22.1", repository = "https://example.com/istio-dashboards" }
  }
}
locals { charts = "${REPOSITORY}" }
`;
  expect(await chartsOf({ 'eks/addons.tf': source })).toMatchObject([
    { chart: 'istiod', releaseName: 'istiod', version: '1.22.1', at: { file: 'eks/addons.tf', line: 6 } },
  ]);
});

describe('what is no literal is not known', () => {
  test.each([
    ['a condition', 'version = var.next ? "1.22.0" : "1.21.0"'],
    ['a function', 'version = lookup(var.versions, "istio")'],
    ['a variable without a default', 'version = var.version'],
    ['a text with one in it', 'version = "1.${var.minor}.0"'],
  ])('%s', async (_, line) => {
    const [chart] = await chartsOf({ 'infra/main.tf': istiod(`  ${line}`) });
    expect(chart?.version).toMatch(/\$\{/);
    expect(chart?.confidence).toBe('likely');
  });

  test('values that are computed may be anything', async () => {
    const [chart] = await chartsOf({
      'infra/main.tf': istiod('  version = "1.22.0"\n  values = [for f in var.files : file(f)]'),
    });
    expect(chart).toMatchObject({ version: '1.22.0', valuesElsewhere: true });
  });

  test('a release with a count may not be there', async () => {
    const [chart] = await chartsOf({
      'infra/main.tf': istiod('  version = "1.22.0"\n  count = var.mesh ? 1 : 0'),
    });
    expect(chart).toMatchObject({ version: '1.22.0', confidence: 'likely' });
  });
});

test('other charts, examples and what is no HCL are left alone', async () => {
  expect(
    await chartsOf({
      'a.yaml': 'kind: Nothing\n',
      'infra/other.tf':
        'resource "helm_release" "kiali" {\n  repository = "https://kiali.org"\n  chart = "kiali-server"\n  version = "1.86.0"\n}\n',
      'examples/main.tf': istiod('  version = "1.22.0"'),
      'broken/main.tf': istiod('  version = "1.22.0'),
    }),
  ).toEqual([]);
});

test('Terraform beside a controller belongs to its cluster', async () => {
  const { environments } = await discover({
    'clusters/prod/apps.yaml': flux('apps', './apps'),
    'apps/web.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n',
    'terraform/main.tf': istiod('  version = "1.22.0"'),
  });
  expect(environments.map(({ charts }) => charts.map(({ version }) => version))).toEqual([['1.22.0']]);
  expect(environments[0]?.because).toContain('and Terraform');
});

test('hostile text ends', () => {
  for (const text of [
    '{'.repeat(100_000),
    'a = ' + '['.repeat(100_000),
    'a = "${'.repeat(1000),
    '<<E\n'.repeat(1000),
    // Brackets that close something else.
    'a = [ }',
    'a = [ 1 ) ]',
    'a = f( ] )',
  ]) {
    expect(() => parseHcl(text)).toThrow(HclError);
  }
  expect(parseHcl('a = 1 + (2 * [3][0])\nb = "x"').attributes.get('b')).toMatchObject({ value: 'x' });
});

test('locals and modules that hold each other many times over end', async () => {
  const grows = Array.from(
    { length: 9 },
    (_, level) => `  l${level + 1} = [${`local.l${level}, `.repeat(12)}]`,
  );
  const locals = `locals {\n  l0 = "a"\n${grows.join('\n')}\n}\n`;
  const calls = Array.from({ length: 300 }, (_, index) => `module "m${index}" { source = "../m" }\n`);
  let charts: readonly DeclaredChart[] = [];
  const cost = await asyncCostOf(async () => {
    charts = await chartsOf({
      'main.tf': `${locals}${istiod('  version = "1.22.0"\n  values = [yamlencode({ a = local.l9 })]')}`,
      'root/main.tf': 'module "m" { source = "../m" }\n',
      'm/main.tf': `${calls.join('')}${istiod('  version = "1.22.0"')}`,
    });
  });
  expect(charts.length).toBeGreaterThan(0);
  expect(charts.length).toBeLessThan(1_100);
  expect(cost).toBeLessThan(400);
});
