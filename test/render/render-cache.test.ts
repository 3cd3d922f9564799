import { describe, expect, test } from '@jest/globals';
import { renderHelm } from '../../src/render/helm.ts';
import { renderKustomize } from '../../src/render/kustomize.ts';
import { RenderCache } from '../../src/render/render-cache.ts';
import { RENDER_LIMITS } from '../../src/render/render-limits.ts';
import { realRenderer, realTools, repositoryOf } from './real-tools.ts';

const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

/** A base, and overlays that each add a service of their own. */
function overlays(count: number): Record<string, string> {
  const files: Record<string, string> = {
    'base/kustomization.yaml': 'resources: [service.yaml]\n',
    'base/service.yaml': service('shared'),
  };
  for (let index = 0; index < count; index++) {
    files[`overlays/o${index}/kustomization.yaml`] = 'resources: [../../base, own.yaml]\n';
    files[`overlays/o${index}/own.yaml`] = service(`own-${index}`);
  }
  return files;
}

describe('what is the same on both sides is rendered once', () => {
  test('an overlay', async () => {
    const renderer = await realRenderer();
    const base = await renderKustomize('overlays/o0', repositoryOf(overlays(1)), renderer);
    expect(renderer.cache.started).toBe(1);
    const head = repositoryOf({ ...overlays(1), 'elsewhere.yaml': service('new') });
    const again = await renderKustomize('overlays/o0', head, renderer);
    expect(renderer.cache.started).toBe(1);
    expect(again.resources).toHaveLength(2);
    expect(again.resources).toBe(base.resources);
  });

  test('a chart, but not with other values, another name, or another place of its values', async () => {
    const renderer = await realRenderer();
    const files = {
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/templates/a.yaml': service('a'),
    };
    const release = { path: 'c', releaseName: 'r', namespace: '', valuesFiles: [], values: { x: 1 } };
    const at = (line: number) => () => ({ file: 'app.yaml', line, column: 1, endLine: line });
    await renderHelm(release, repositoryOf(files), renderer);
    await renderHelm(release, repositoryOf({ ...files, 'd.yaml': '' }), renderer);
    expect(renderer.cache.started).toBe(1);
    await renderHelm({ ...release, values: { x: 2 } }, repositoryOf(files), renderer);
    await renderHelm({ ...release, releaseName: 'other' }, repositoryOf(files), renderer);
    await renderHelm({ ...release, valuesAt: at(1) }, repositoryOf(files), renderer);
    await renderHelm({ ...release, valuesAt: at(2) }, repositoryOf(files), renderer);
    expect(renderer.cache.started).toBe(5);
  });

  test('of 1,000 overlays, only the one that a change touches is rendered again', async () => {
    const renderer = await realRenderer();
    const files = overlays(1_000);
    const before = repositoryOf(files);
    const after = repositoryOf({ ...files, 'overlays/o500/own.yaml': service('own-500-changed') });
    const sample = [0, 1, 500, 998, 999];
    const both = async (index: number): Promise<boolean> => {
      const base = await renderKustomize(`overlays/o${index}`, before, renderer);
      const head = await renderKustomize(`overlays/o${index}`, after, renderer);
      return base.resources === head.resources;
    };
    const same = await Promise.all(sample.map(both));
    expect(same).toEqual([true, true, false, true, true]);
    expect(renderer.cache.started).toBe(sample.length + 1);
  });

  test('a change of the base renders every overlay that is asked for', async () => {
    const renderer = await realRenderer();
    const files = overlays(2);
    const sides = [files, { ...files, 'base/service.yaml': service('shared-changed') }].map(repositoryOf);
    for (const side of sides) {
      await renderKustomize('overlays/o0', side, renderer);
      await renderKustomize('overlays/o1', side, renderer);
    }
    expect(renderer.cache.started).toBe(4);
  });
});

describe('the gate', () => {
  const program = ['/bin/sh', '-c', '/bin/sleep 0.2'];

  test('lets only so many tools run at the same time', async () => {
    const { sandbox } = await realTools();
    const cache = new RenderCache({ parallel: 2, totalMilliseconds: 60_000 });
    const options = { cwd: '/', home: '/', limits: RENDER_LIMITS.tool, sandbox };
    const began = performance.now();
    await Promise.all(Array.from({ length: 6 }, () => cache.run(program, options)));
    expect(cache.started).toBe(6);
    expect(performance.now() - began).toBeGreaterThanOrEqual(590);
  });

  test('closes when the tools have taken too long together', async () => {
    const { sandbox } = await realTools();
    const cache = new RenderCache({ parallel: 1, totalMilliseconds: 100 });
    const options = { cwd: '/', home: '/', limits: RENDER_LIMITS.tool, sandbox };
    expect((await cache.run(program, options)).outcome).toBe('done');
    expect(await cache.run(program, options)).toMatchObject({
      outcome: 'stopped',
      why: 'was not started: the time for rendering is used up',
    });
    expect(cache.started).toBe(1);
  });
});
