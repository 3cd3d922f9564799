import type { JsonSchema } from '../config/json-schema.ts';

/**
 * What `--format json` writes, as JSON Schema. `version` changes when a key is renamed, removed or changes its meaning;
 * a key may be added without that, here and there at once. Written to `schema/review.schema.json`.
 */
export const reviewSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Istio Upgrade Guard review',
  ...object(
    'What a change does to the mesh, or what is wrong in one tree (mode analyze).',
    {
      version: { const: 1 },
      tool: object('Who wrote this.', { name: text(), version: text() }),
      facts: object('Which releases of Istio the facts behind this review know.', {
        asOf: text('The day the facts were last brought up to date.'),
        oldest: text('The oldest minor.'),
        newest: text('The newest minor.'),
      }),
      mode: { enum: ['review', 'analyze'] },
      base: text('What the change is compared with; empty for a first commit and in mode analyze.'),
      head: text('The state that was reviewed.'),
      verdict: { enum: ['safe', 'caution', 'unsafe', 'unknown'] },
      environments: list({ $ref: '#/$defs/environment' }),
      untouched: list(text(), 'Environments that this change cannot reach.'),
      changedFiles: object(
        'How many files the change touches, and how many of them were read as manifests.',
        {
          total: count(),
          read: count(),
        },
      ),
      notJudged: list(
        text(),
        'Changed files that could not be read, or that hold manifests and no environment deploys them.',
      ),
      unchecked: list({ $ref: '#/$defs/unchecked' }),
      bumps: list(
        object(
          'A part of Istio that goes to another version.',
          {
            subject: text(),
            from: text(),
            to: text(),
            at: { $ref: '#/$defs/location' },
            undeployed: {
              type: 'boolean',
              description: 'It is written where nothing of the repository deploys it.',
            },
          },
          ['at', 'undeployed'],
        ),
        'What a change moves that does nothing but move versions; absent for any other.',
      ),
    },
    ['bumps'],
  ),
  $defs: {
    location: object('A place in a file; lines and columns count from 1.', {
      file: text(),
      line: count(),
      column: count(),
      endLine: count(),
    }),
    evidence: object('A fact, and who says so.', { says: text(), at: { $ref: '#/$defs/location' } }, ['at']),
    blastRadius: object('What is touched.', {
      namespaces: list(text()),
      workloads: list(text()),
      services: list(text()),
    }),
    unchecked: object('What could not be decided, and why.', {
      what: text(),
      why: text(),
      count: count('How many places share this reason.'),
      examples: list({ $ref: '#/$defs/location' }),
    }),
    controlPlane: object('One istiod.', {
      revision: text('`default` for the revision without a name.'),
      version: version(),
      versionText: text('As written.'),
      installer: text(),
      namespace: text(),
      confidence: confidence(),
      at: { $ref: '#/$defs/location' },
    }),
    component: object(
      'A versioned part of the installation that is not an istiod.',
      {
        component: text(),
        name: text(),
        namespace: text(),
        revision: text(),
        version: version(),
        versionText: text('As written.'),
        installer: text(),
        confidence: confidence(),
        at: { $ref: '#/$defs/location' },
      },
      ['revision'],
    ),
    tag: object('A revision tag.', { name: text(), revision: text(), at: { $ref: '#/$defs/location' } }),
    change: object(
      'One difference between the meshes of base and head.',
      {
        kind: text('Such as tag-retargeted or namespace-moves-revision.'),
        subject: text(),
        from: text(),
        to: text(),
        message: text(),
        at: { $ref: '#/$defs/location' },
        evidence: list({ $ref: '#/$defs/evidence' }),
        blastRadius: { $ref: '#/$defs/blastRadius' },
      },
      ['from', 'to', 'at'],
    ),
    fix: object('These lines of the file become this text.', {
      title: text(),
      file: text(),
      startLine: count(),
      endLine: count(),
      text: text(),
    }),
    finding: object(
      'What a rule reports.',
      {
        rule: text(),
        level: { enum: ['error', 'warning', 'info'] },
        status: { enum: ['introduced', 'fixed', 'existing'], description: 'Absent in mode analyze.' },
        confidence: confidence(),
        resource: object('The object it is about.', { kind: text(), namespace: text(), name: text() }),
        at: { $ref: '#/$defs/location' },
        message: text(),
        evidence: list({ $ref: '#/$defs/evidence' }),
        advice: text(),
        fix: { $ref: '#/$defs/fix' },
        blastRadius: { $ref: '#/$defs/blastRadius' },
        fingerprint: text('Equal for the same defect in base and head, wherever it moves.'),
      },
      ['status', 'fix', 'blastRadius'],
    ),
    stage: object('Where an environment stands in a canary upgrade, and why.', {
      base: stage(),
      head: stage(),
      because: text(),
    }),
    step: object('One step of a plan. `run` and the commands of `rollback` are for a POSIX shell.', {
      title: text(),
      state: { enum: ['done', 'this-change', 'next'] },
      pointOfNoReturn: { type: 'boolean' },
      preconditions: list(text()),
      run: list(text()),
      edits: list({ $ref: '#/$defs/fix' }, 'Against the files as the steps before leave them.'),
      verify: list(text(), 'A check in words, or `command → what healthy looks like`.'),
      rollback: list(text()),
    }),
    plan: object('The way from head to the end of the upgrade.', {
      goal: text(),
      installer: text(),
      from: stage(),
      to: stage(),
      thisChange: text('What the change under review is in this plan.'),
      beforeMerging: list(text()),
      steps: list({ $ref: '#/$defs/step' }),
    }),
    environment: object(
      'What is deployed together into one cluster.',
      {
        name: text(),
        roots: list(text()),
        because: text('How the environment was recognised.'),
        resources: count(),
        controlPlanes: list({ $ref: '#/$defs/controlPlane' }),
        components: list({ $ref: '#/$defs/component' }),
        tags: list({ $ref: '#/$defs/tag' }),
        changes: list({ $ref: '#/$defs/change' }),
        findings: list({ $ref: '#/$defs/finding' }),
        unchecked: list({ $ref: '#/$defs/unchecked' }),
        stage: { $ref: '#/$defs/stage' },
        plan: { $ref: '#/$defs/plan' },
        picture: text('Mermaid source: control planes, tags and namespaces, before and after.'),
        dataPlane: list(
          object('The proxies that run on one revision of a live cluster.', {
            revision: text(),
            versions: list(text(), 'Releases of the proxies, oldest first.'),
            workloads: count(),
            pods: count(),
          }),
          'Of precheck only.',
        ),
        reading: list(
          object('A change of behaviour between the versions in hand.', {
            id: text(),
            version: text('The minor that changes it.'),
            title: text(),
            advice: text(),
          }),
          'What no file shows, for a person to read. Absent when there is nothing.',
        ),
      },
      ['stage', 'plan', 'picture', 'dataPlane', 'reading'],
    ),
  },
} as const satisfies JsonSchema;

/** What `plan --format json` writes. Written to `schema/plan.schema.json`. */
export const planSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Istio Upgrade Guard promotion plan',
  ...object('Where each environment stands, and how it goes on.', {
    version: { const: 1 },
    tool: object('Who wrote this.', { name: text(), version: text() }),
    mode: { const: 'plan' },
    base: text('What the change is compared with; empty for a first commit.'),
    head: text('The state that was reviewed.'),
    environments: list(
      object(
        'Absent stage: nothing was compared. Absent plan: nothing is to be promoted, or too little is known.',
        {
          name: text(),
          stage: { $ref: '#/$defs/stage' },
          plan: { $ref: '#/$defs/plan' },
          picture: text('Mermaid source.'),
        },
        ['stage', 'plan', 'picture'],
      ),
    ),
  }),
  $defs: {
    fix: reviewSchema.$defs.fix,
    stage: reviewSchema.$defs.stage,
    step: reviewSchema.$defs.step,
    plan: reviewSchema.$defs.plan,
  },
} as const satisfies JsonSchema;

function stage() {
  return {
    enum: ['steady', 'canary-installed', 'canary-tagged', 'promoting', 'promoted', 'old-removed', 'unknown'],
  } as const;
}

/** A mapping with exactly these keys, all of them required but the ones named optional. */
function object(
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
) {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { description, type: 'object', properties, required, additionalProperties: false } as const;
}

function list(items: JsonSchema, description?: string) {
  return { ...(description && { description }), type: 'array', items } as const;
}

function text(description?: string) {
  return { ...(description && { description }), type: 'string' } as const;
}

function count(description?: string) {
  return { ...(description && { description }), type: 'integer', minimum: 0 } as const;
}

function confidence() {
  return { enum: ['certain', 'likely'] } as const;
}

function version() {
  return {
    type: ['string', 'null'],
    description: 'The Istio release; null when it is not known.',
  } as const;
}
