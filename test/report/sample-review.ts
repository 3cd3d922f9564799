import type { Change, Finding, Location } from '../../src/vocabulary.ts';
import type { EnvironmentReview, Review } from '../../src/report/review.ts';
import type { ControlPlane } from '../../src/mesh/mesh.ts';

/** Reviews for tests of the formats. */

export function at(file: string, line: number, endLine = line): Location {
  return { file, line, column: 5, endLine };
}

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'IST0101',
    level: 'error',
    confidence: 'certain',
    status: 'introduced',
    resource: { kind: 'VirtualService', namespace: 'shop', name: 'cart' },
    at: at('apps/cart.yaml', 12),
    message: 'Host cart does not exist.',
    evidence: [{ says: 'namespace shop is written here', at: at('apps/ns.yaml', 1) }],
    advice: 'Name a Service that exists.',
    fingerprint: '00112233445566778899aabbccddeeff',
    ...more,
  };
}

export function change(more: Partial<Change> = {}): Change {
  return {
    kind: 'tag-retargeted',
    subject: 'prod',
    from: '1-9-5',
    to: '1-10-0',
    message: 'Tag prod moves from 1-9-5 to 1-10-0.',
    at: at('istio/tags.yaml', 7),
    evidence: [],
    blastRadius: {
      namespaces: ['shop'],
      workloads: ['Deployment shop/a', 'Deployment shop/b'],
      services: ['shop/a'],
    },
    ...more,
  };
}

export function controlPlane(more: Partial<ControlPlane> = {}): ControlPlane {
  return {
    revision: '1-10-0',
    version: { major: 1, minor: 10, patch: 0 },
    versionText: '1.10.0',
    installer: 'manifests',
    namespace: 'istio-system',
    at: at('istio/istiod.yaml', 3),
    confidence: 'certain',
    resource: undefined,
    meshConfig: {},
    env: {},
    injectsByDefault: false,
    neverInject: [],
    alwaysInject: [],
    ...more,
  };
}

export function environment(more: Partial<EnvironmentReview> = {}): EnvironmentReview {
  return {
    name: 'default',
    roots: ['.'],
    because: 'the whole repository',
    controlPlanes: [],
    components: [],
    tags: [],
    changes: [],
    findings: [],
    unchecked: [],
    resources: 3,
    ...more,
  };
}

export function reviewOf(more: Partial<Review> = {}): Review {
  return {
    version: 1,
    tool: { name: 'istio-upgrade-guard', version: '0.1.0' },
    facts: { asOf: '2026-09-25', oldest: '1.5', newest: '1.31' },
    mode: 'review',
    base: 'main',
    head: 'feature',
    verdict: 'safe',
    environments: [environment()],
    untouched: [],
    unchecked: [],
    changedFiles: { total: 2, read: 1 },
    notJudged: [],
    ...more,
  };
}

/** A review with something in every place. */
export function fullReview(): Review {
  return reviewOf({
    verdict: 'unsafe',
    notJudged: ['old/unused.yaml'],
    unchecked: [
      {
        what: 'charts/shop',
        why: 'its templates were not rendered',
        count: 4,
        examples: [at('charts/shop/Chart.yaml', 1)],
      },
    ],
    environments: [
      environment({
        controlPlanes: [
          controlPlane(),
          controlPlane({ revision: 'next', version: undefined, versionText: '' }),
        ],
        components: [
          {
            component: 'cni',
            name: 'istio-cni',
            namespace: 'kube-system',
            revision: undefined,
            version: undefined,
            versionText: 'latest',
            installer: 'helm',
            at: at('cni.yaml', 2),
            confidence: 'likely',
          },
        ],
        tags: [{ name: 'prod', revision: '1-10-0', at: at('istio/tags.yaml', 7), resource: undefined }],
        changes: [
          change(),
          change({
            kind: 'workload-loses-sidecar',
            at: undefined,
            from: undefined,
            to: undefined,
            message: 'Deployment shop/a loses its sidecar.',
          } as unknown as Partial<Change>),
        ],
        findings: [
          finding({
            blastRadius: { namespaces: [], workloads: ['Deployment shop/cart'], services: [] },
            fix: {
              title: 'use cart.shop',
              file: 'apps/cart.yaml',
              startLine: 12,
              endLine: 13,
              text: 'host: cart.shop\n',
            },
          }),
          finding({
            rule: 'IST0118',
            level: 'info',
            confidence: 'likely',
            message: 'Port 80 has no protocol.',
            fingerprint: 'b',
          }),
          finding({ status: 'fixed', level: 'warning', message: 'Was wrong.', fingerprint: 'c' }),
          finding({ status: 'existing', level: 'warning', message: 'Still wrong.', fingerprint: 'd' }),
        ],
        unchecked: [{ what: 'namespace shop', why: 'it is not in this repository', count: 1, examples: [] }],
      }),
    ],
  });
}

/** What a stranger may call things. */
export const HOSTILE =
  '@everyone #1 <img src=x onerror=alert(1)> [a](https://evil.example) `|` \u001b[31mred\u001b[0m ::error::x %0A ]]> "q" $x$\n- item\r\n```\n\u202egnp.exe\u200b www.evil.example GH-1 <!-- </details>';

/** The same review with hostile text in every place that takes text from the repository. */
export function hostileReview(): Review {
  const resource = { kind: HOSTILE, namespace: HOSTILE, name: HOSTILE };
  const evidence = [{ says: HOSTILE, at: at(HOSTILE, 2) }];
  const hostileFinding = finding({
    resource,
    at: at(HOSTILE, 1),
    message: HOSTILE,
    evidence,
    advice: HOSTILE,
    rule: 'IST0101',
    fix: { title: HOSTILE, file: HOSTILE, startLine: 1, endLine: 2, text: HOSTILE },
  });
  const unchecked = [{ what: HOSTILE, why: HOSTILE, count: 2, examples: [at(HOSTILE, 3)] }];
  const one = environment({
    name: HOSTILE,
    roots: [HOSTILE],
    because: HOSTILE,
    unchecked,
    controlPlanes: [
      controlPlane({ revision: HOSTILE, version: undefined, versionText: HOSTILE, namespace: HOSTILE }),
    ],
    tags: [{ name: HOSTILE, revision: HOSTILE, at: at(HOSTILE, 1), resource: undefined }],
    changes: [
      change({
        subject: HOSTILE,
        from: HOSTILE,
        to: HOSTILE,
        message: HOSTILE,
        at: at(HOSTILE, 4),
        evidence,
      }),
    ],
    findings: [
      hostileFinding,
      { ...hostileFinding, status: 'existing', fingerprint: 'x' },
      { ...hostileFinding, status: 'fixed', fingerprint: 'y' },
    ],
  });
  return reviewOf({
    base: HOSTILE,
    head: HOSTILE,
    verdict: 'unsafe',
    unchecked,
    notJudged: [HOSTILE],
    untouched: [HOSTILE],
    environments: [one, { ...one, name: `${HOSTILE}2`, findings: [] }, environment({ name: `${HOSTILE}3` })],
  });
}
