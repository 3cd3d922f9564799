import { describe, expect, test } from '@jest/globals';
import type { FileFormat } from '../../src/facts/bind-program.ts';
import { cpuTime } from './cpu-time.ts';
import { entriesOf } from '../../src/listeners/formats/entries.ts';

const read = (text: string, format: FileFormat): string[] =>
  entriesOf(text, format).map(({ key, value, line }) => `${line()} ${key.join('.')}=${value}`);

describe('a file is taken apart into settings with their lines', () => {
  test('properties', () => {
    expect(read('# a=1\na.b = "c d"\nk: v # why\nword value\n', 'properties')).toEqual([
      '1 a.b=c d',
      '2 k=v',
      '3 word=value',
    ]);
  });

  test('documents for a profile of Spring are left out', () => {
    const text = 'a=1\n#---\nspring.config.activate.on-profile=dev\na=2\n#---\nb=3\n';
    expect(read(text, 'properties')).toEqual(['0 a=1', '5 b=3']);
    const yaml = 'a: 1\n---\nspring: {profiles: dev}\na: 2\n';
    expect(read(yaml, 'yaml')).toEqual(['0 a=1']);
  });

  test('ini and TOML', () => {
    expect(read('top = 1\n[a.b]\nc = "x"\n[[d]]\n e=[ "1", "2" ]\n; f=1\n', 'ini')).toEqual([
      '0 top=1',
      '2 a.b.c=x',
      '4 d.e=1    2',
    ]);
  });

  test('names of several words, and blocks of one name apart from each other', () => {
    expect(read('bind to = x\n', 'ini')).toEqual(['0 bind to=x']);
    const blocks = (text: string, format: FileFormat) => entriesOf(text, format).map(({ block }) => block);
    const ini = blocks('[[a]]\nx=1\ny=2\n[[a]]\nx=3\n', 'ini');
    expect(ini[0]).toBe(ini[1]);
    expect(ini[2]).not.toBe(ini[0]);
    const [outer, inner, behind, other] = blocks(
      'a {\n x 1\n b {\n  y 2\n }\n z 3\n}\na {\n x 4\n}\n',
      'directives',
    );
    expect(behind).toBe(outer);
    expect(new Set([outer, inner, other]).size).toBe(3);
  });

  test('YAML and JSON', () => {
    expect(read('a:\n  b.c: x\n  d:\n    - 1\n    - {e: f}\ng:\n', 'yaml')).toEqual([
      '1 a.b.c=x',
      '3 a.d.0=1',
      '4 a.d.1.e=f',
      '5 g=',
    ]);
    expect(read('{"a": {"b": true}}', 'yaml')).toEqual(['0 a.b=true']);
    expect(read('a: [', 'yaml')).toEqual([]);
  });

  test('directives', () => {
    const text = `http {\n  server { listen 127.0.0.1:80; } # listen 1\n}\nbind = '127.0.0.1:1'\n[S]\nHost x\n`;
    expect(read(text, 'directives')).toEqual([
      '1 http.server.listen=127.0.0.1:80',
      '3 bind=127.0.0.1:1',
      '5 S.Host=x',
    ]);
    expect(read('listen [::1]:80;\nbind ["a:1", "b:2"]\n  listen: 1\n', 'directives')).toEqual([
      '0 listen=[::1]:80',
      '1 bind=a:1    b:2',
      '2 listen=1',
    ]);
  });

  test('sites of a Caddyfile and of a Corefile, by port', () => {
    const caddy =
      '{\n  default_bind ::1\n}\n(log) {\n  bind 1.2.3.4\n}\n# x {\na.example, :8080 {\n  tls {\n    ca x\n  }\n}\nhttp://b {\n bind 127.0.0.1\n}\n';
    expect(read(caddy, 'sites')).toEqual([
      '1 global.default_bind=::1',
      ...['8 site.0.tls=', '9 site.0.ca=x', '1 site.0.bind=::1'],
      ...['7 site.1.port=8080', '8 site.1.tls=', '9 site.1.ca=x', '1 site.1.bind=::1'],
      ...['12 site.2.port=80', '13 site.2.bind=127.0.0.1'],
    ]);
    expect(read('.:5353 {\n  prometheus\n}\n', 'sites')).toEqual([
      ...['0 site.0.port=5353', '1 site.0.prometheus=', '0 site.0.bind=*'],
    ]);
    expect(read(':80\nbind ::1\n', 'sites')).toEqual(['0 site.0.port=80', '1 site.0.bind=::1']);
    expect(read('bind ::1\n', 'sites')).toEqual(['0 site.0.bind=::1']);
  });

  test('XML', () => {
    const text = '<a>\n <!-- <b c="0"/> -->\n <b c="1"\n    d=\'2\'/>\n <e>f</e>\n</a>';
    expect(read(text, 'xml')).toEqual(['2 a.0.b.1.@c=1', '3 a.0.b.1.@d=2', '4 a.0.e.2.#=f']);
    expect(read('<property><name>x.y</name><value>z</value></property>', 'xml')).toContain(
      '0 property.x.y=z',
    );
  });
});

const N = 250_000;
const HOSTILE: Readonly<Record<string, string>> = {
  brackets: '['.repeat(N),
  'open blocks': 'a {\n'.repeat(N / 4),
  'open tags': '<a>'.repeat(N / 3),
  attributes: `<a ${' b="'.repeat(N / 5)}`,
  'comments that never end': '<!--'.repeat(N / 4),
  nesting: '{"a":'.repeat(N / 5),
  'empty lines': '\n'.repeat(N),
  quotes: `"'`.repeat(N / 2),
  'long lines': `${'a.'.repeat(990)}=1\n`.repeat(120),
};

describe('hostile texts take no time and give few settings', () => {
  const formats: readonly FileFormat[] = ['properties', 'ini', 'yaml', 'directives', 'sites', 'xml'];
  test.each(formats.flatMap((format) => Object.keys(HOSTILE).map((name) => [format, name] as const)))(
    '%s: %s',
    (format, name) => {
      let entries = 0;
      const time = cpuTime(() => (entries = entriesOf(HOSTILE[name] ?? '', format).length));
      expect(entries).toBeLessThanOrEqual(20_000);
      expect(time).toBeLessThan(2_000);
    },
  );

  test('a text of a hostile length is not read', () => {
    expect(entriesOf('a=1\n'.repeat(100_000), 'properties')).toEqual([]);
  });
});
