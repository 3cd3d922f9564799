#!/usr/bin/env node
// Renders the example's comment with GitHub's stylesheet and takes the picture of docs/app.md. Needs Chromium (`CHROMIUM`
// names it) and three packages that nothing else needs, installed beside the project:
//   npm install --no-save --no-package-lock --prefix .cache/screenshot github-markdown-css@5 markdown-it@14 mermaid@11
//   node scripts/screenshot.mjs
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/screenshot');
const require = createRequire(join(cache, 'package.json'));
const markdownIt = require('markdown-it');

const WIDTH = 960;
const comment = readFileSync(join(root, 'test/review/golden/canary.md'), 'utf8');
const page = join(cache, 'comment.html');
writeFileSync(page, html(bodyOf(comment)));
mkdirSync(join(root, 'docs/images'), { recursive: true });
const height = Number(
  /data-height="(\d+)"/.exec(chromium('--dump-dom', `--window-size=${WIDTH},1000`))?.[1] ?? 2000,
);
chromium(`--screenshot=${join(root, 'docs/images/comment.png')}`, `--window-size=${WIDTH},${height}`);
console.log(`docs/images/comment.png ${WIDTH} x ${height}`);

/** Markdown as GitHub shows it, with the picture opened. */
function bodyOf(markdown) {
  const renderer = markdownIt({ html: true, breaks: true });
  const fence = renderer.renderer.rules.fence;
  renderer.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info === 'mermaid'
      ? `<pre class="mermaid">${renderer.utils.escapeHtml(tokens[index].content)}</pre>`
      : fence(tokens, index, ...rest);
  return renderer
    .render(markdown)
    .replace('<details><summary>Control planes', '<details open><summary>Control planes');
}

function html(body) {
  const css = readFileSync(require.resolve('github-markdown-css/github-markdown-light.css'), 'utf8');
  const mermaid = pathToFileURL(require.resolve('mermaid/dist/mermaid.min.js')).href;
  return `<!doctype html><meta charset="utf-8"><style>${css}
    body { margin: 0; padding: 16px; background: #fff; font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
    .comment { border: 1px solid #d1d9e0; border-radius: 6px; }
    .head { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; font-size: 14px; color: #59636e; border-radius: 6px 6px 0 0; }
    .head b { color: #1f2328; } .head i { border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 7px; font-size: 12px; font-style: normal; }
    .markdown-body { padding: 16px; font-size: 14px; } .mermaid { background: none !important; text-align: center; }
    </style><div class="comment"><div class="head"><b>istio-upgrade-guard</b> <i>bot</i> commented</div>
    <div class="markdown-body">${body}</div></div>
    <script src="${mermaid}"></script><script>
      mermaid.initialize({ startOnLoad: false, theme: 'default' });
      mermaid.run().then(() => { document.body.dataset.height = Math.ceil(document.querySelector('.comment').getBoundingClientRect().bottom) + 16; });
    </script>`;
}

function chromium(...options) {
  const fixed = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--allow-file-access-from-files',
  ];
  const time = '--virtual-time-budget=15000';
  return execFileSync(
    process.env.CHROMIUM ?? 'chromium',
    [...fixed, time, ...options, pathToFileURL(page).href],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
}
