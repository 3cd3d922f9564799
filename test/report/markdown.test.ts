import { describe, expect, test } from '@jest/globals';
import { toMarkdown } from '../../src/report/markdown.ts';
import {
  at,
  change,
  environment,
  finding,
  fullReview,
  HOSTILE,
  hostileReview,
  reviewOf,
} from './sample-review.ts';

test('shows verdict, findings and changes first, and folds the rest', () => {
  expect(toMarkdown(fullReview())).toMatchInlineSnapshot(`
   "### 🔴 Istio Upgrade Guard: unsafe

   **This change introduces 1 error and 1 note.** It fixes 1 warning. As before: 1 warning.

   Compared: \`main\` → \`feature\`.

   **What this change introduces**

   - 🔴 **IST0101** \`VirtualService shop/cart\` Host cart does not exist.<br>\`apps/cart.yaml:12\` · touches 1 workload<br>**What to do:** Name a Service that exists.

     <details><summary>Why, and a fix</summary>

     - because namespace shop is written here (\`apps/ns.yaml:1\`)

     **Fix:** use cart.shop (\`apps/cart.yaml:12-13\`)

     \`\`\`yaml
     host: cart.shop
     \`\`\`

     </details>

   - 🔵 **IST0118** \`VirtualService shop/cart\` (likely) Port 80 has no protocol.<br>\`apps/cart.yaml:12\`<br>**What to do:** Name a Service that exists.

     <details><summary>Why</summary>

     - because namespace shop is written here (\`apps/ns.yaml:1\`)

     </details>

   **What changes in the mesh**

   - Tag prod moves from 1-9-5 to 1-10-0.<br>\`istio/tags.yaml:7\` · touches 1 namespace, 2 workloads, 1 service
   - Deployment shop/a loses its sidecar.<br>touches 1 namespace, 2 workloads, 1 service

   <details><summary>What this change fixes (1)</summary>

   - 🟡 **IST0101** \`VirtualService shop/cart\` Was wrong.<br>\`apps/cart.yaml:12\`

   </details>

   <details><summary>What could not be checked (3)</summary>

   - \`old/unused.yaml\`: changed, but it could not be read, or no environment deploys it
   - charts/shop: its templates were not rendered (4 places, such as \`charts/shop/Chart.yaml:1\`)
   - namespace shop: it is not in this repository

   </details>

   <details><summary>Findings as before (1)</summary>

   - 🟡 **IST0101** \`VirtualService shop/cart\` Still wrong.<br>\`apps/cart.yaml:12\`

   </details>

   <details><summary>Environments (1)</summary>

   - **default** (the whole repository): 3 resources, control plane 1-10-0 (1.10.0), control plane next, tag \`prod\` → \`1-10-0\`
   - Facts of Istio 1.5 to 1.31, as of 2026-09-25.

   </details>
   "
  `);
});

test('keeps the first screen to the worst findings, and loses none', () => {
  const findings = Array.from({ length: 12 }, (_, i) =>
    finding({ message: `Problem ${i}.`, at: at('a.yaml', i + 1) }),
  );
  const text = toMarkdown(reviewOf({ environments: [environment({ findings })] }));
  const [first = '', folded = ''] = text.split('<details><summary>7 more findings</summary>');
  expect(first.match(/Problem/g)).toHaveLength(5);
  expect(folded.match(/Problem/g)).toHaveLength(7);
});

test('folds environments after the third', () => {
  const environments = ['a', 'b', 'c', 'd'].map((name) =>
    environment({ name, changes: [change({ message: `Only ${name}` })] }),
  );
  const text = toMarkdown(reviewOf({ environments }));
  expect(text).toContain('#### Environment c');
  expect(text).toContain('<summary>Environment d</summary>');
});

test('links places when it is told how', () => {
  const text = toMarkdown(fullReview(), {
    linkTo: ({ file, line }) => `https://host.example/${file}#L${line}`,
  });
  expect(text).toContain('[`apps/cart.yaml:12`](https://host.example/apps/cart.yaml#L12)');
});

describe('the byte budget', () => {
  const findings = Array.from({ length: 3000 }, (_, i) =>
    finding({ message: `Problem ${i}: ünïcödé 漢字 ${HOSTILE}`, at: at('a.yaml', i + 1) }),
  );
  const changes = Array.from({ length: 500 }, (_, i) => change({ message: `Change ${i}` }));
  const big = reviewOf({ verdict: 'unsafe', environments: [environment({ findings, changes })] });

  test.each([60_000, 20_000, 3_000, 600])('of %d bytes is kept, and the cut is told', (maxBytes) => {
    const text = toMarkdown(big, { maxBytes });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
    expect(text).toMatch(/_\d+ more did not fit on this page/);
    expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/^ *<\/details>/gm)?.length ?? 0);
    expect(text).toContain('This change introduces 3000 errors.');
  });

  test('counts exactly what it leaves out', () => {
    const text = toMarkdown(big, { maxBytes: 30_000 });
    const left = Number(/_(\d+) more did not fit/.exec(text)?.[1]);
    const shown = (text.match(/^- (🔴|Change|\*\*default)/gmu) ?? []).length;
    expect(shown + left).toBe(3000 + 500 + 1);
  });
});

test('hostile text makes no mention, no reference, no link, no markup', () => {
  const text = toMarkdown(hostileReview());
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  const prose = withoutCode(text);
  expect(prose).not.toMatch(/@everyone|#1\b|GH-1|https:\/\/evil|www\.evil|(?<!\\)\[a\]/);
  expect(prose).not.toMatch(/<(?!\/?details>|\/?summary>|br>|\/?span>)/);
});

/** Drops fenced blocks and code spans, in which GitHub reads nothing. */
function withoutCode(markdown: string): string {
  return markdown
    .replace(/^( *)(`{3,})\w*\n[\s\S]*?\n\1\2$/gm, '')
    .replace(/(?<![\\`])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
}

test('one enormous value does not push out the others', () => {
  const findings = [
    finding({ message: `Host ${'x'.repeat(70_000)} does not exist.` }),
    finding({ message: 'The second one.', at: at('b.yaml', 2) }),
  ];
  const text = toMarkdown(reviewOf({ verdict: 'unsafe', environments: [environment({ findings })] }));
  expect(text).toContain('The second one.');
  expect(text).toContain('xxx…');
  expect(text).not.toContain('did not fit');
});

test('leaves room for what stands below a long list, and says where the rest is', () => {
  const findings = Array.from({ length: 500 }, (_, i) =>
    finding({ message: `Problem ${i} ${'y'.repeat(300)}`, at: at('a.yaml', i + 1) }),
  );
  const unchecked = [{ what: 'charts/shop', why: 'not rendered', count: 1, examples: [] }];
  const text = toMarkdown(reviewOf({ environments: [environment({ findings, unchecked })] }), {
    elsewhere: 'the check "Istio Upgrade Guard" has all of it',
  });
  expect(text).toContain('- charts/shop: not rendered');
  expect(text).toMatch(
    /_\d+ more did not fit on this page; the check "Istio Upgrade Guard" has all of it\._\n$/,
  );
});

test('links rules to their pages when it is told how', () => {
  const text = toMarkdown(fullReview(), { rulePage: (rule) => `https://docs.example/${rule}.md` });
  expect(text).toContain('**[IST0101](https://docs.example/IST0101.md)**');
});
