import { FakeGitHub } from '../github/fake-github.ts';
import type { FakePull, FakeRepository } from '../github/fake-repository.ts';
import { serveGitHub } from '../github/transports.ts';

export const READ = { contents: 'read', metadata: 'read', pull_requests: 'read' } as const;
const WRITE = { ...READ, pull_requests: 'write' } as const;

export const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
export const route = (host: string, name = 'cart'): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: [${host}]
  http:
    - route: [{ destination: { host: cart.shop.svc.cluster.local } }]
`;
export const RIGHT = route('cart.example.com');
/** Nobody can be called so: IST0106, an error. */
export const WRONG = route('http://cart');

/** A GitHub on loopback with the repository `acme/mesh`, whose workflows have the token `ghs_job`. */
export interface Stage {
  readonly fake: FakeGitHub;
  readonly repository: FakeRepository;
  readonly close: () => Promise<void>;
}

export async function openStage(enterprise = false): Promise<Stage> {
  const fake = new FakeGitHub();
  const { close } = await serveGitHub(fake, enterprise);
  fake.identities.set('ghs_job', {
    login: 'github-actions[bot]',
    id: 41898282,
    type: 'Bot',
    permissions: WRITE,
  });
  const repository = fake.repository('acme', 'mesh');
  repository.commit('main', { 'shop/ns.yaml': NAMESPACE, 'shop/vs.yaml': RIGHT });
  return { fake, repository, close };
}

/** The payload of the event `pull_request`. */
export function pullPayload(
  repository: FakeRepository,
  { number, headSha, fork }: FakePull,
  repositoryId = 1,
): Readonly<Record<string, unknown>> {
  const base = { ref: 'main', sha: repository.git.resolve('main'), repo: { id: repositoryId } };
  const head = { sha: headSha, repo: fork === null ? null : { id: fork?.id ?? repositoryId } };
  return {
    action: 'synchronize',
    pull_request: { number, base, head },
    repository: { default_branch: 'main' },
  };
}
