import { describe, expect, test } from '@jest/globals';
import { readInstallations } from '../../../src/mesh/control-planes.ts';
import type { Installations } from '../../../src/mesh/control-planes.ts';
import { shellCommands } from '../../../src/mesh/installations/shell-words.ts';
import { environmentOf } from '../from-yaml.ts';

/** What scripts with these lines, all of one file, make of an environment that holds these manifests. */
function read(lines: readonly string[], yaml = '{}'): Installations {
  const scripts = lines.map((text, index) => {
    const at = { file: 'install.sh', line: index + 1, column: 1, endLine: index + 1 };
    return { text, at };
  });
  return readInstallations({ ...environmentOf(yaml), scripts });
}

/** `revision@version installer :line`. */
function planes({ controlPlanes }: Installations): string[] {
  return controlPlanes.map(
    ({ revision, versionText, installer, confidence, at }) =>
      `${revision}@${versionText} ${installer} ${confidence} :${at.line}`,
  );
}

test.each([
  ['istioctl install --set revision=1-28-3 --set tag=1.28.3 -y', '1-28-3@1.28.3'],
  [
    'istioctl install -y --revision canary --set values.global.tag=1.27.1-distroless',
    'canary@1.27.1-distroless',
  ],
  ['sudo ./bin/istioctl-1.28.3 install --set profile=minimal --revision=blue', 'blue@1.28.3'],
  [
    'run: istioctl upgrade --set hub="registry.example.org" --set "values.global.tag=1.24.0"',
    'default@1.24.0',
  ],
  ['kubectl create ns istio-system && istioctl manifest apply --set tag=1.7.1', 'default@1.7.1'],
  ['istioctl install -y', 'default@'],
])('%s', (line, plane) => {
  expect(planes(read([line]))).toEqual([`${plane} istioctl likely :1`]);
});

test.each([
  ['istioctl analyze --revision canary'],
  ['istioctl install --revision "$REVISION" --set tag=1.28.3'],
  ['istioctl uninstall --revision canary -y'],
  ['istioctl manifest generate --set revision=canary'],
  ['echo "install istio"'],
])('%s installs nothing that can be told', (line) => {
  expect(planes(read([line]))).toEqual([]);
});

describe('the version of istioctl is that of what it installs', () => {
  test.each([
    ['export ISTIO_VERSION=1.28.3', '1.28.3'],
    ['ISTIO_VERSION: "1.20.0"', '1.20.0'],
    ['ARG ISTIO_VERSION=1.22.1', '1.22.1'],
    ['ISTIO_VERSION ?= 1.21.0', '1.21.0'],
    ['ISTIO_VERSION=${ISTIO_VERSION:-1.19.3}', '1.19.3'],
    ['curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.18.2 TARGET_ARCH=x86_64 sh -', '1.18.2'],
    ['- uses: istio/get-istioctl@v1.1 version: 1.17.2', '1.17.2'],
    ['istioctl 1.16.1', '1.16.1'],
    ['cd istio-1.15.0', '1.15.0'],
  ])('%s', (line, version) => {
    expect(planes(read([line, 'istioctl install -y']))).toEqual([`default@${version} istioctl likely :1`]);
  });

  test('where lines disagree, none of them is believed', () => {
    const lines = ['ISTIO_VERSION=1.28.3', 'ISTIO_VERSION=1.27.0', 'istioctl install -y'];
    expect(planes(read(lines))).toEqual(['default@ istioctl likely :3']);
  });

  test('an IstioOperator without a tag is installed at it, and stays where it is written', () => {
    const operator = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: main }
spec: { profile: minimal }
`;
    const found = read(['ISTIO_VERSION=1.28.3', 'istioctl install -f mesh.yaml'], operator);
    expect(planes(found)).toEqual(['default@1.28.3 istioctl likely :1']);
    expect(found.controlPlanes[0]!.resource?.kind).toBe('IstioOperator');
    expect(
      planes(read(['ISTIO_VERSION=1.28.3'], operator.replace('profile: minimal', 'tag: 1.20.0'))),
    ).toEqual(['default@1.20.0 istioctl certain :4']);
  });
});

test('settings of the command line count as values', () => {
  const [plane] = read([
    'istioctl install --set meshConfig.outboundTrafficPolicy.mode=REGISTRY_ONLY --set values.pilot.env.PILOT_X=true',
  ]).controlPlanes;
  expect(plane).toMatchObject({
    meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    values: { elsewhere: false },
  });
});

test('tags that scripts set', () => {
  const install = 'istioctl install --revision blue -y';
  const tags = (...lines: string[]): string[] =>
    read([install, ...lines]).tags.map(({ name, revision, at }) => `${name}>${revision} :${at.line}`);
  expect(tags('istioctl tag set prod --revision blue --overwrite')).toEqual(['prod>blue :2']);
  expect(tags('istioctl x revision tag set prod -r blue')).toEqual(['prod>blue :2']);
  expect(tags('istioctl tag set prod --revision elsewhere')).toEqual([]);
  expect(tags('istioctl tag set prod --revision "$NEW"', 'istioctl tag list')).toEqual([]);
});

test('Helm releases of scripts', () => {
  const found = read([
    'helm repo add istio https://istio-release.storage.googleapis.com/charts',
    'helm upgrade --install istio-base istio/base -n istio-system --version 1.28.3',
    'helm install istiod-blue istio/istiod -n istio-system --version 1.28.3 --set revision=blue --set "revisionTags={prod,canary}"',
    'helm install kiali kiali/kiali-server --version 1.80.0',
  ]);
  expect(planes(found)).toEqual(['blue@1.28.3 helm likely :3']);
  expect(found.tags.map(({ name }) => name)).toEqual(['prod', 'canary']);
  expect(found.components.map(({ component, versionText }) => `${component} ${versionText}`)).toEqual([
    'istiod 1.28.3',
    'base 1.28.3',
  ]);
});

test('what manifests install is not told again by a script that tries something out', () => {
  const sail = `apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: default }
spec: { version: v1.28.0 }
`;
  expect(
    planes(
      read(['istioctl install --set tag=1.20.0', 'helm install istiod istio/istiod --version 1.20.0'], sail),
    ),
  ).toEqual(['default@v1.28.0 sail certain :4']);
});

test('a script proves nothing about what else is installed', () => {
  expect(read(['istioctl install --revision blue']).incomplete).toBe(
    'install.sh may install more than its text shows',
  );
});

test('words of a command line, whatever a stranger writes there', () => {
  expect(shellCommands(`a 'b c' "d"e&& f|g; h "unclosed`)).toEqual([
    ['a', 'b c', 'de'],
    ['f'],
    ['g'],
    ['h', 'unclosed'],
  ]);
  expect(shellCommands('x '.repeat(5000))[0]).toHaveLength(400);
});
