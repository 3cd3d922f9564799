import { describe, expect, test } from '@jest/globals';
import { define, Evaluator, type Definitions } from '../../../src/render/gotemplate/evaluate.ts';
import { TooMuch, Work } from '../../../src/render/gotemplate/limits.ts';
import { parseTemplate } from '../../../src/render/gotemplate/parse.ts';
import { TemplateSyntaxError } from '../../../src/render/gotemplate/syntax.ts';
import { HOLE, Unknown } from '../../../src/render/gotemplate/unknown.ts';
import { newMap } from '../../../src/render/gotemplate/values.ts';
import { costOf } from '../../cost.ts';

const VALUES = {
  name: 'cart',
  none: null,
  empty: '',
  off: false,
  port: 8080,
  hosts: ['b', 'a'],
  labels: { zone: 'eu', app: 'cart' },
  text: 'host: {{ .Values.name }}',
  secret: Unknown.of('.Values.secret'),
};

function run(template: string, values: unknown = VALUES): string {
  const definitions: Definitions = new Map();
  const nodes = parseTemplate(template);
  define(nodes, definitions);
  return new Evaluator(definitions).run(nodes, newMap([['Values', values]]));
}

describe('what is known is worked out', () => {
  test.each([
    ['a {{ .Values.name }} b', 'a cart b'],
    ['a {{- .Values.name -}} b', 'acartb'],
    ['a  {{- /* }} not the end */ -}}  b', 'ab'],
    ['{{ .Values.none }}{{ .Values.missing }}', ''],
    ['{{ .Values.empty | default "x" | quote }}', '"x"'],
    ['{{ default "x" .Values.name }}', 'cart'],
    ['{{ if .Values.off }}a{{ else if eq .Values.port 8080 }}b{{ else }}c{{ end }}', 'b'],
    ['{{ if and .Values.name (not .Values.off) }}a{{ end }}', 'a'],
    ['{{ if or .Values.off .Values.hosts }}a{{ end }}', 'a'],
    ['{{ if and .Values.none .Values.none.deep }}a{{ else }}b{{ end }}', 'b'],
    ['{{ range .Values.hosts }}{{ . }},{{ end }}', 'b,a,'],
    ['{{ range $k, $v := .Values.labels }}{{ $k }}={{ $v }};{{ end }}', 'app=cart;zone=eu;'],
    ['{{ range .Values.none }}a{{ else }}b{{ end }}', 'b'],
    ['{{ with .Values.labels }}{{ .zone }}{{ $.Values.name }}{{ end }}', 'eucart'],
    ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }}', '2'],
    ['{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ end }}{{ $x }}', '1'],
    ['{{ define "n" }}{{ .name }}-x{{ end }}{{ include "n" .Values | upper }}', 'CART-X'],
    ['{{ define "n" }}n{{ end }}{{ template "n" . }}', 'n'],
    ['{{ printf "%s:%d" .Values.name (.Values.port | int) }}', 'cart:8080'],
    ['{{ tpl .Values.text . }}', 'host: cart'],
    ['{{ (index .Values.hosts 1) }}{{ (dict "a" (list 1 2)).a | len }}', 'a2'],
    ['{{ $m := dict }}{{ $_ := set $m "k" "v" }}{{ get $m "k" }}{{ hasKey $m "x" }}', 'vfalse'],
    ['{{ .Values.name | trunc 3 | trimSuffix "r" | replace "c" "$&" }}', '$&a'],
    ['{{ ternary "y" "n" .Values.off }}{{ coalesce .Values.none .Values.name }}', 'ncart'],
    ['a:{{ toYaml .Values.labels | nindent 2 }}', 'a:\n  app: cart\n  zone: eu'],
    ['a:{{ toYaml .Values.hosts | nindent 2 }}', 'a:\n  - b\n  - a'],
    ['{{ "}}" }}{{ `a"b` }}', '}}a"b'],
  ])('%s', (template, expected) => {
    expect(run(template)).toBe(expected);
  });
});

describe('what is not known is told apart', () => {
  test.each([
    ['a value behind a key is a placeholder', 'a: {{ .Values.secret }}', 'a: __VALUES_SECRET__'],
    ['so is what is made of it', 'a: {{ printf "%s-x" .Values.secret }}', 'a: __PRINTF_S_X_VALUES_SECRET__'],
    ['and a field of nothing', 'a: {{ .Values.none.deep }}', 'a: __VALUES_NONE_DEEP__'],
    ['and a function of the cluster', 'a: {{ randAlphaNum 5 }}', 'a: __RANDALPHANUM_5__'],
    ['and what a library chart defines', 'a: {{ include "common.name" . }}', 'a: __INCLUDE_COMMON_NAME__'],
    ['at the beginning of a line it could be anything', 'a:\n  {{ .Values.secret }}\n', `a:\n  ${HOLE}\n`],
    ['and so could a block', 'a:\n{{ toYaml .Values.secret | indent 2 }}', `a:\n${HOLE}`],
    ['whatever is indented', 'a: {{- toYaml .Values.secret | nindent 2 }}', `a:\n${HOLE}`],
    [
      'a block that may not be there is a hole',
      'a\n{{- if .Values.secret }}\nb: 1\n{{- end }}\nc',
      `a ${HOLE}\nc`,
    ],
    ['also under a list that is not known', '{{ range .Values.secret }}b{{ end }}', HOLE],
    [
      'but not the document before it',
      'a\n{{- if .Values.secret }}\n---\nb\n{{- end }}\n',
      `a\n---\n${HOLE}\n`,
    ],
    [
      'variables changed in it are not known',
      '{{ $x := 1 }}{{ if .Values.secret }}{{ $x = 2 }}{{ end }}a: {{ $x }}',
      'a: __X__',
    ],
    [
      'a partial keeps its lines',
      '{{ define "l" }}a: {{ .secret }}\nb: 1{{ end }}x:{{ include "l" .Values | nindent 2 }}',
      'x:\n  a: __SECRET__\n  b: 1',
    ],
    ['comparing it gives nothing', '{{ if eq .Values.secret "a" }}a{{ else }}b{{ end }}', HOLE],
  ])('%s', (_, template, expected) => {
    expect(run(template)).toBe(expected);
  });

  test('what decides before it is asked is known', () => {
    expect(run('{{ if and .Values.off .Values.secret }}a{{ end }}')).toBe('');
    expect(run('{{ if or .Values.name .Values.secret }}a{{ end }}')).toBe('a');
  });
});

describe('hostile templates', () => {
  test('end', () => {
    expect(() => run('{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}')).toThrow(TooMuch);
    const bomb =
      '{{ range until 1000 }}{{ range until 1000 }}{{ range until 1000 }}x{{ end }}{{ end }}{{ end }}';
    expect(() => run(bomb)).toThrow(TooMuch);
    const doubling = '{{ $x := "xxxxxxxx" }}{{ range until 100 }}{{ $x = print $x $x }}{{ end }}{{ $x }}';
    expect(() => run(doubling)).toThrow(TooMuch);
    const nested =
      '{{ $x := dict }}{{ range until 100 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ toYaml $x }}';
    expect(() => run(nested)).toThrow(TooMuch);
    const blown = `{{ $x := print "${'a'.repeat(2000)}" }}{{ $x = replace "a" $x $x }}{{ $x }}`;
    expect(() => run(blown)).toThrow(TooMuch);
  });

  const TEXT = `{{ define "text" }}${`${'x'.repeat(99)}\n`.repeat(1200)}{{ end }}{{ $t := include "text" . }}`;
  const LOOP = (body: string): string =>
    `{{ range until 300 }}{{ range until 300 }}${body}{{ end }}{{ end }}`;

  test.each([
    ['a large text is made', `${TEXT}${LOOP('{{ $x := include "text" . }}')}`],
    ['a large text is gone over', `${TEXT}{{ $t = print $t $t $t $t }}${LOOP('{{ $x := upper $t }}')}`],
    ['a long line grows by what is unknown', `a: ${LOOP('{{ .Values.secret }} ')}`],
    [
      'a long list is turned',
      `{{ $l := until 1000 }}{{ $l = concat $l $l $l $l $l $l $l $l }}${LOOP('{{ $x := reverse $l }}')}`,
    ],
    [
      'a mapping of many keys is tested',
      `${TEXT}{{ $m := split "\\n" (print $t $t $t) }}${LOOP('{{ if $m }}{{ end }}')}`,
    ],
    ['the source of something unknown is long', LOOP(`{{ lookup "${'x'.repeat(50_000)}" }}`)],
    [
      'quotes are quoted',
      '{{ $x := quote .Values.secret }}{{ range until 100 }}{{ $x = quote $x }}{{ end }}',
    ],
    ['a mapping is deep', `{{ $m := dict }}${LOOP('{{ $m = dict "a" $m }}')}{{ toYaml $m }}`],
    [
      'a text stands many times in a mapping',
      `${TEXT}{{ $m := dict }}{{ range until 1000 }}{{ $_ := set $m (toString .) $t }}{{ end }}{{ toYaml $m }}`,
    ],
  ])('end soon where, in a loop, %s', (_, template) => {
    let failure: unknown;
    const cost = costOf(() => {
      try {
        run(template, { ...VALUES });
      } catch (error) {
        failure = error;
      }
    });
    expect(failure).toBeInstanceOf(TooMuch);
    expect(cost).toBeLessThan(400);
  });

  test('are looked at once where a loop comes by a block that may not be there', () => {
    const block = `{{ if $.Values.secret }}${'{{ $x := 1 }}'.repeat(5000)}{{ end }}`;
    const cost = costOf(() => run(LOOP(block)));
    expect(cost).toBeLessThan(400);
  });

  test('of many charts share what a review may cost', () => {
    const review = Work.ofReview();
    const evaluator = () => new Evaluator(new Map(), Work.ofChart(review));
    const template = parseTemplate('{{ upper "a" }}');
    expect(evaluator().run(template, newMap())).toBe('A');
    for (let chart = 0; chart < 9; chart++) Work.ofChart(review).spend(500_000);
    expect(() => Work.ofChart(review).spend(500_000)).toThrow(TooMuch);
    expect(() => evaluator().run(template, newMap())).toThrow(TooMuch);
  });

  test('cannot reach what is no value', () => {
    expect(run('a: {{ .Values.constructor }}{{ .Values.__proto__ }}')).toBe('a: ');
    expect(run('{{ $m := dict "__proto__" "x" }}{{ hasKey (dict) "toString" }}')).toBe('false');
  });

  test('are refused where they are no templates', () => {
    for (const text of [
      '{{ if .x }}',
      '{{ end }}',
      '{{ .x',
      '{{ ( .x }}',
      '{{ "a }}',
      '{{ | }}',
      '{{ range .x }}{{ break }}{{ end }}',
    ]) {
      expect(() => parseTemplate(text)).toThrow(TemplateSyntaxError);
    }
  });
});
