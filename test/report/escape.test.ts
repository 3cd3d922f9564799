import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  commandMessage,
  commandProperty,
  jsonText,
  markdownCode,
  markdownFence,
  markdownText,
  terminalText,
  uriPath,
  visible,
  xmlText,
} from '../../src/report/escape.ts';

/** Text with the characters that hurt somewhere, far more often than chance would give them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@everyone', '#1', 'GH-12', 'https://x.y', 'www.x.y', '![a](b)', '[a](b)', '<img src=x onerror=y>', '<!--', '|',
        '```', '`', '~~~', '\\', '\n', '\r\n', '\u001b[31m', '\u009b2J', '\u202e', '\u200b', '\u2028', '::error::', '%0A',
        '%', ':', ',', ']]>', '&#64;', '&', '"', "'", '$x$', ':tada:', '- ', '1. ', '# ', '> ', '=', '\ufeff', '\ud800',
        '__proto__', '\u0000', '\u{e0041}', '\ufffe',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join('')); // prettier-ignore

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('a terminal', () => {
  test('shows escape sequences instead of obeying them', () => {
    expect(terminalText('a\u001b[2Jb\u202ec\nd')).toBe('a\\x1b[2Jb\\u202ec\\nd');
  });

  test('never receives a control, a line break or an invisible character', () => {
    fc.assert(fc.property(hostile, (text) => !HIDDEN.test(terminalText(text))));
  });

  test('shows ordinary text as it is', () => {
    const ordinary = 'Service größe/カート: {host} "x" <y> & 100%';
    expect(visible(ordinary)).toBe(ordinary);
  });
});

describe('Markdown text', () => {
  test.each([
    ['@everyone', '@&#8203;everyone'],
    ['see #12', 'see #&#8203;12'],
    ['acme/mesh#12', 'acme/mesh#&#8203;12'],
    ['GH-7', 'GH-&#8203;7'],
    ['https://evil.example', 'https:&#8203;//evil.example'],
    ['www.evil.example', 'www&#8203;.evil.example'],
    ['a@b.example', 'a@&#8203;b.example'],
    ['![x](y)', '!\\[x\\](y)'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['a | b', 'a \\| b'],
    ['`code`', '\\`code\\`'],
    ['&#64;all', '&amp;#&#8203;64;all'],
    ['line\nbreak', 'line\\\\nbreak'],
    ['- item', '\\- item'],
    ['# title', '\\# title'],
    ['1. item', '1&#8203;. item'],
    ['$a$', '<span>$</span>a<span>$</span>'],
    [':tada:', ':&#8203;tada:'],
    ['a\\', 'a\\\\'],
    ['host cart.shop.svc.cluster.local:8080', 'host cart.shop.svc.cluster.local:8080'],
  ])('%j', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test('renders as the text and as nothing else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = markdownText(text);
        expect(escaped).not.toMatch(HIDDEN);
        const plain = escaped.replaceAll('<span>$</span>', '$').replaceAll('&#8203;', '\u200b');
        expect(plain).not.toMatch(/[<>]/);
        expect(plain.replaceAll(/\\[\\`*_[\]|~\-+=#]/g, '')).not.toMatch(/[\\`*_[\]|~]/);
        expect(plain).not.toMatch(/@[a-z0-9]|#\d|GH-\d|:\/\/|www\./i);
        expect(unescaped(plain)).toBe(visible(text));
      }),
    );
  });

  function unescaped(markdown: string): string {
    return markdown
      .replaceAll('\u200b', '')
      .replace(/\\([\\`*_[\]|~\-+=#])/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  }
});

describe('a Markdown code span', () => {
  test.each([
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['', '` `'],
    ['@everyone', '`@everyone`'],
    ['x\ny', '`x\\ny`'],
  ])('%j', (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  test('cannot be left', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = markdownCode(text);
        const fence = /^`+/.exec(span)?.[0] ?? '';
        expect(span).not.toMatch(HIDDEN);
        expect(span.endsWith(fence)).toBe(true);
        const runs = span.slice(fence.length, -fence.length).match(/`+/g) ?? [];
        expect(runs).not.toContain(fence);
      }),
    );
  });
});

test('a Markdown fence is longer than any fence inside it', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const lines = markdownFence(text, 'yaml').split('\n');
      const fence = lines.at(-1) ?? '';
      expect(fence).toMatch(/^`{3,}$/);
      expect(lines[0]).toBe(`${fence}yaml`);
      expect(lines.slice(1, -1).some((line) => line.includes(fence))).toBe(false);
    }),
  );
});

describe('workflow commands', () => {
  test('stay on their line and within their property', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(commandMessage([text])).not.toMatch(/[\r\n]/);
        expect(commandProperty(text)).not.toMatch(/[\r\n,:]/);
      }),
    );
  });

  test('keep our own line breaks and escape a percent sign of a stranger', () => {
    expect(commandMessage(['one', '100%0Atwo'])).toBe('one%0A100%250Atwo');
  });
});

test('XML text holds no markup and only characters XML 1.0 allows', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const escaped = xmlText(text);
      expect(escaped).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|apos;)/);
      // eslint-disable-next-line no-control-regex
      expect(escaped).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/u);
    }),
  );
});

describe('JSON', () => {
  test('gives back every value, and shows no invisible character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const written = jsonText({ text });
        expect(JSON.parse(written)).toEqual({ text });
        expect(written.replaceAll('\n', '')).not.toMatch(HIDDEN);
      }),
    );
  });
});

test('a path becomes a relative URI that decodes to itself', () => {
  expect(uriPath('a b/c(1)#.yaml')).toBe('a%20b/c%281%29%23.yaml');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (path) => {
      expect(decodeURIComponent(uriPath(path))).toBe(path);
    }),
  );
});
