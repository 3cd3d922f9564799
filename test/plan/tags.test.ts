import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../src/vocabulary.ts';
import {
  changed,
  CHARTS,
  helmfile,
  namespace,
  operatorObject,
  planOfChange,
  release,
  stepOf,
  titles,
  workload,
} from './planned-files.ts';

const apps = {
  'apps/shop.yaml': `${namespace('shop', 'istio.io/rev: prod')}${workload('Deployment', 'shop', 'cart')}`,
  'apps/pay.yaml': `${namespace('payments', 'istio.io/rev: prod')}${workload('Deployment', 'payments', 'api')}`,
};
const HANDED_OVER = [
  'Take tag prod from 1-27-4',
  'Point tag prod to 1-28-3',
  'Have namespaces payments, shop ask for prod again',
];
const edits = (plan: Plan, title: RegExp): string[] =>
  stepOf(plan, title).edits.map(
    ({ file, startLine, endLine, text }) => `${file}:${startLine}-${endLine} ${text.trim()}`,
  );

describe('tags of a chart’s release, which another release cannot own as well', () => {
  const base = release('base', 'base', '1.28.3');
  const [old, next] = [
    release('istiod-1-27-4', 'istiod', '1.27.4', 'revision: 1-27-4', 'revisionTags: [prod]'),
    release('istiod-1-28-3', 'istiod', '1.28.3', 'revision: 1-28-3'),
  ];

  test('are let go of, taken, and asked for again', async () => {
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(base, old) },
      { 'helmfile.yaml': helmfile(base, old, next) },
      apps,
    );
    expect(titles(plan)).toEqual(expect.arrayContaining(HANDED_OVER));
    expect(edits(plan, /^Take/)).toEqual(['helmfile.yaml:15-15 ']);
    expect(stepOf(plan, /^Take/).run).toEqual(['helmfile -f helmfile.yaml -l name=istiod-1-27-4 apply']);
    expect(stepOf(plan, /^Take/).preconditions).toContain(
      'kubectl get namespaces,pods -A -l istio.io/rev=prod → none: nobody asks for it',
    );
    expect(edits(plan, /^Point/)).toEqual([
      'helmfile.yaml:20-20 - revision: 1-28-3\n        revisionTags: [prod]',
    ]);
  });

  test('are recognised half way', async () => {
    const without = old.replace('        revisionTags: [prod]\n', '');
    const moved = Object.fromEntries(
      Object.entries(apps).map(([file, text]) => [file, text.replace('rev: prod', 'rev: 1-28-3')]),
    );
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(base, old, next) },
      { 'helmfile.yaml': helmfile(base, without, next) },
      moved,
    );
    expect(plan.thisChange).toContain('take tag prod from 1-27-4');
    expect(stepOf(plan, /^Point tag prod/).state).toBe('next');
  });

  test('come with the release that has them by then', async () => {
    const without = old.replace('        revisionTags: [prod]\n', '');
    const given = next.replace('revision: 1-28-3', 'revision: 1-28-3\n        revisionTags: [prod]');
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(base, without, next) },
      { 'helmfile.yaml': helmfile(base, without, given) },
      { 'apps.yaml': namespace('shop', 'istio.io/rev: 1-28-3') },
    );
    const { run, rollback } = stepOf(plan, /^Point tag prod/);
    expect(run).toEqual(['helmfile -f helmfile.yaml -l name=istiod-1-28-3 apply']);
    expect(rollback).toEqual(["Revert this step's edit.", ...run]);
  });

  test('go with a release whose values are written otherwise', async () => {
    const odd = old.replace('revisionTags: [prod]', 'revisionTags: &tags [prod]');
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(base, odd) },
      { 'helmfile.yaml': helmfile(base, odd, next) },
      apps,
    );
    expect(titles(plan).join()).not.toContain('Take tag');
    expect(titles(plan)).toContain('Move namespace shop to 1-28-3');
  });

  test('stand in the text of an Application', async () => {
    const application = (revision: string, version: string, more: string): string =>
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: istiod-${revision}, namespace: argocd }
spec:
  destination: { namespace: istio-system }
  source:
    repoURL: ${CHARTS}
    chart: istiod
    targetRevision: ${version}
    helm:
      values: |
        revision: ${revision}
${more}`;
    const plan = await planOfChange(
      {},
      { 'istio/new.yaml': application('1-28-3', '1.28.3', '') },
      {
        ...apps,
        'istio/old.yaml': application('1-27-4', '1.27.4', '        revisionTags:\n          - prod\n'),
      },
    );
    expect(edits(plan, /^Take/)).toEqual(['istio/old.yaml:13-14 ']);
    expect(edits(plan, /^Point/)).toEqual([
      'istio/new.yaml:12-12 revision: 1-28-3\n        revisionTags: [prod]',
    ]);
  });
});

describe('tags that istioctl sets', () => {
  const iop = (revision: string, version: string, ...more: readonly string[]): string =>
    operatorObject(`istio-${revision}`, `revision: ${revision}`, `tag: ${version}`, ...more);

  test('in a script: the command, and its line', async () => {
    const script = '#!/bin/sh\nistioctl tag set prod --revision 1-27-4 --overwrite\n';
    const plan = await planOfChange(
      {},
      { 'istio/new.yaml': iop('1-28-3', '1.28.3') },
      { ...apps, 'istio/old.yaml': iop('1-27-4', '1.27.4'), 'istio/tags.sh': script },
    );
    const step = stepOf(plan, /^Move tag prod/);
    expect(step.run[0]).toBe('istioctl tag set prod --revision 1-28-3 --overwrite');
    expect(edits(plan, /^Move tag prod/)).toEqual([
      'istio/tags.sh:2-2 istioctl tag set prod --revision 1-28-3 --overwrite',
    ]);
    expect(step.preconditions.join(' ')).not.toContain('revisionTags');
  });

  test('that follow an IstioOperator: out of one file, into the other', async () => {
    const tags = ['values:', '  revisionTags:', '    - prod', '    - canary'];
    const plan = await planOfChange(
      {},
      { 'istio/new.yaml': iop('1-28-3', '1.28.3') },
      { ...apps, 'istio/old.yaml': iop('1-27-4', '1.27.4', ...tags) },
    );
    expect(edits(plan, /^Move tag prod/)).toEqual([
      'istio/old.yaml:12-12 ',
      'istio/new.yaml:7-7 values:\n    revisionTags: [prod]\n  profile: minimal',
    ]);
    expect(edits(plan, /^Move tag canary/)).toEqual([
      'istio/old.yaml:11-12 ',
      'istio/new.yaml:8-8 revisionTags: [prod, canary]',
    ]);
  });
});

describe('values that a script sets', () => {
  const script = (...lines: readonly string[]): string =>
    `#!/bin/sh\nhelm repo add istio ${CHARTS}\n${lines.map((line) => `helm upgrade --install ${line}\n`).join('')}`;
  const old = 'istiod-1-27-4 istio/istiod -n istio-system --version 1.27.4 --set revision=1-27-4';
  const next = 'istiod-1-28-3 istio/istiod -n istio-system --version 1.28.3 --set revision=1-28-3';
  const shop = { 'apps.yaml': namespace('shop', 'istio.io/rev: 1-27-4') };
  const rest = [
    'base istio/base -n istio-system --version 1.28.3',
    'ztunnel istio/ztunnel -n istio-system --version 1.27.4 --set revision=1-27-4',
  ];

  test('are set there as well', async () => {
    const plan = await planOfChange(
      { 'install.sh': script(...rest, old) },
      { 'install.sh': script(...rest, old, next) },
      shop,
    );
    expect(edits(plan, /^Bring ztunnel/).at(-1)).toContain('--version 1.28.3 --set revision=1-28-3');
    expect(edits(plan, /^Make 1-28-3 the default/)).toEqual([
      'install.sh:3-3 helm upgrade --install base istio/base -n istio-system --version 1.28.3 --set defaultRevision=1-28-3',
    ]);
  });

  test('and a change that has set them is undone to what was there', async () => {
    const at = (revision: string) =>
      `base istio/base -n istio-system --version 1.28.3 --set defaultRevision=${revision}`;
    const { plan } = await changed(
      { 'install.sh': script(at('1-27-4'), old, next) },
      { 'install.sh': script(at('1-28-3'), old, next) },
      shop,
    );
    if (!plan) throw new Error('no plan');
    expect(stepOf(plan, /^Make/).rollback.at(-1)).toContain('--set defaultRevision=1-27-4');
  });
});
