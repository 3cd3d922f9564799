import { readdirSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../src/config/settings.ts';
import { GitRepository } from '../src/source/git.ts';
import { analyze } from '../src/review.ts';
const only = process.argv.slice(2);
for (const slug of readdirSync('/tmp/corpus').sort()) {
  try {
    const r = await GitRepository.open('/tmp/corpus/' + slug);
    const seen = new Set<string>();
    for (const n of [0, 3, 8]) {
      let s;
      try {
        s = await r.snapshot(`pair/${n}/head`);
      } catch {
        continue;
      }
      const res = await analyze(s, DEFAULT_SETTINGS);
      for (const e of res.environments)
        for (const f of e.findings)
          if (only.includes(f.rule)) {
            const t = `${slug} ${f.rule} ${f.level} ${f.confidence} ${f.resource.kind} ${f.resource.namespace}/${f.resource.name} ${f.at.file}:${f.at.line} ${f.message}`;
            if (!seen.has(t)) {
              seen.add(t);
              console.log(t);
            }
          }
    }
    await r.close();
  } catch (e) {
    console.log(slug, String(e).slice(0, 200));
  }
}
