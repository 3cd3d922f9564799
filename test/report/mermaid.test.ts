import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import { mermaidText } from '../../src/report/escape.ts';
import { pictureOf } from '../../src/report/mermaid.ts';
import { environmentOf } from '../mesh/from-yaml.ts';

const plane = (revision: string, version: string) =>
  `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: ${revision} }\nspec: { tag: ${version}, revision: ${revision} }\n`;
const namespace = (name: string, label: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${JSON.stringify(name)}, labels: { istio.io/rev: ${label} } }\n`;
const meshOf = (parts: readonly string[]) => buildMesh(environmentOf(parts.join('---\n')), DEFAULT_SETTINGS);

const OLD = plane('one', '1.28.0');
const NEW = plane('two', '1.29.0');
const many = (label: (index: number) => string) =>
  Array.from({ length: 40 }, (_, index) => namespace(`ns-${index}`, label(index)));

describe('the picture', () => {
  test('is not drawn where nothing changes', () => {
    const mesh = meshOf([OLD, ...many(() => 'one')]);
    expect(pictureOf(mesh, meshOf([OLD, ...many(() => 'one')]))).toBeUndefined();
  });

  test('shows what changes, and of forty namespaces those with one fate together', () => {
    const base = meshOf([OLD, ...many(() => 'one')]);
    const head = meshOf([OLD, NEW, ...many((index) => (index < 3 ? 'two' : 'one'))]);
    expect(pictureOf(base, head)).toBe(
      [
        'flowchart LR',
        '  subgraph a [After]',
        '    direction LR',
        '    ap0["two<br>1.29.0"]:::changed',
        '    an0("namespace ns-0<br>namespace ns-1<br>namespace ns-2"):::changed',
        '    ap0 --> an0',
        '  end',
        '  subgraph b [Before]',
        '    direction LR',
        '    bp0["one<br>1.28.0"]',
        '    bn0("namespace ns-0<br>namespace ns-1<br>namespace ns-2"):::changed',
        '    bp0 --> bn0',
        '  end',
        '  classDef changed stroke-width:3px',
        '  classDef missing stroke-dasharray:4',
      ].join('\n'),
    );
  });

  test('stays small however many fates there are', () => {
    const base = meshOf([OLD, ...many(() => 'one')]);
    const head = meshOf([OLD, ...many((index) => `gone-${index}`)]);
    const picture = pictureOf(base, head) ?? '';
    expect(picture).toContain('and 27 more');
    expect(picture.length).toBeLessThan(4000);
  });

  test.each([
    'a"]; click x "javascript:alert(1)"',
    '%%{init}%%',
    '<b>',
    '`',
    '#quot;',
    'a\nb',
    '|x|',
    '\u202e',
    '~',
  ])('lets no name out of its label: %s', (text) => {
    expect(mermaidText(text)).toMatch(/^(?:[A-Za-z0-9 ./…-]|#\d+;)*$/);
  });
});
