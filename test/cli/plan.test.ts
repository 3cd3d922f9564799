import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { run } from './workspace.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const SIDES = ['--base-dir', file('examples/canary/base'), '--head-dir', file('examples/canary/head')];

const schema = JSON.parse(readFileSync(file('schema/plan.schema.json'), 'utf8')) as object;

describe('plan', () => {
  test('prints every step, with the exit code of a review', async () => {
    const { code, stdout, stderr } = await run(['plan', ...SIDES]);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('steady → promoting');
    expect(stdout).toContain('Point of no return');
    expect(stdout).toMatch(/\$ kubectl rollout restart deployment\/cart deployment\/storefront -n shop/);
    expect((await run(['plan', '--fail-on', 'never', ...SIDES])).code).toBe(0);
  });

  test('writes JSON as its schema says', async () => {
    const { stdout } = await run(['plan', '--format', 'json', ...SIDES]);
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    const plan = JSON.parse(stdout) as Record<string, unknown>;
    expect([validate(plan), validate.errors]).toEqual([true, null]);
    expect(validate({ ...plan, environments: 'none' })).toBe(false);
    expect(plan).toMatchObject({ mode: 'plan', environments: [{ name: 'default' }] });
  });

  test('writes Markdown, and takes no format that has no plan', async () => {
    expect((await run(['plan', '--format', 'markdown', ...SIDES])).stdout).toContain('1-10-0');
    expect(await run(['plan', '--format', 'sarif', ...SIDES])).toMatchObject({ code: 2, stdout: '' });
  });
});
