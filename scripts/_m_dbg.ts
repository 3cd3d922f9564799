import { DEFAULT_SETTINGS } from '../src/config/settings.ts';
import { GitRepository } from '../src/source/git.ts';
import { ContentCache, readRepository } from '../src/render/read-repository.ts';
import { EnvironmentCache, environmentsOf } from '../src/environments/discover.ts';
const r = await GitRepository.open(process.argv[2] ?? '');
const head = await r.snapshot(process.argv[3] ?? '');
const hf = await readRepository(head, new ContentCache());
const after = await environmentsOf(hf, DEFAULT_SETTINGS, new EnvironmentCache());
for (const e of after.environments) {
  console.log(
    e.name,
    e.roots,
    [...e.files].filter((f) => f.includes('oidc')),
  );
  for (const x of e.resources) console.log(x.kind, x.namespace, x.name, x.origin.file);
}
await r.close();
