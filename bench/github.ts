/**
 * What a pull request of one changed file costs on GitHub: requests, and our own time besides GitHub's.
 *
 *   npm run bench:github [-- --files N]
 *
 * A repository in memory answers as GitHub does. `cold`: nothing is known of it. `next push`: the same process, another commit.
 */
import { parseArgs } from 'node:util';
import { createClient } from '../src/github/client.ts';
import { reviewPullRequest } from '../src/github/review-job.ts';
import { openPullRequest } from '../src/source/github.ts';
import { RepositoryCache } from '../src/source/repository-cache.ts';
import { directFetch } from '../test/github/direct-fetch.ts';
import { FakeGitHub } from '../test/github/fake-github.ts';
import { generateManifests } from './manifests.ts';

const { values } = parseArgs({ options: { files: { type: 'string', default: '10000' } } });
const manifests = generateManifests(Number(values.files));
const files = Object.fromEntries(
  manifests.map(({ kind, namespace, service, text }) => [
    `apps/${namespace}/${service}/${kind.toLowerCase()}.yaml`,
    text,
  ]),
);
const [path, text] = Object.entries(files).find(([, each]) => each.includes('timeout: 10s')) ?? ['', ''];

const fake = new FakeGitHub();
const repository = fake.repository('acme', 'mesh');
repository.commit('main', files);
repository.pull(7, { [path]: text.replace('timeout: 10s', 'timeout: 20s') });
const direct = directFetch(fake);
const client = createClient({
  ...{ token: 'ghs_app', apiUrl: fake.url, fetch: direct.fetch, longestWait: 0 },
  now: () => 0,
  sleep: () => Promise.resolve(),
});

console.log(`${Object.keys(files).length} files, one VirtualService changed`);
for (let run = 1; run <= 3; run += 1) {
  const cache = new RepositoryCache();
  await measure(`cold ${run}`, cache);
  repository.push(7, { [path]: text.replace('timeout: 10s', `timeout: ${20 + run}s`) });
  await measure(`next push ${run}`, cache);
}
if (fake.problems.length > 0) throw new Error(fake.problems.join('\n'));

async function measure(name: string, cache: RepositoryCache): Promise<void> {
  const base = repository.git.resolve('main');
  const headSha = repository.pulls.get(7)?.headSha ?? '';
  const job = { owner: 'acme', repo: 'mesh', base, headSha, now: new Date(0) };
  const before = fake.count();
  const opening = await processorTime(() => openPullRequest(client, job, cache));
  const requests = fake.calls.slice(before).filter(({ operation }) => operation !== 'codeload').length;
  const again = await processorTime(() => openPullRequest(client, job, cache));
  const whole = await processorTime(() => reviewPullRequest(client, cache, job));
  console.log(
    `${name}: ${requests} requests; milliseconds of the processor: ${opening} to read both sides, ` +
      `${again} from the cache, ${whole} to read and review`,
  );
}

/** Of this process, without what the fake itself took: on a busy machine the clock says little. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const github = direct.milliseconds;
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(0, Math.round((user + system) / 1000 - (direct.milliseconds - github)));
}
