import { LEVELS } from '../vocabulary.ts';
import type { JsonSchema } from './json-schema.ts';

/** What the schema needs to know of a rule. */
export interface RuleHead {
  readonly id: string;
  readonly summary: string;
}

/**
 * The settings file, `.github/istio-upgrade-guard.yml`, as JSON Schema: what `load.ts` checks a file with, and what
 * editors complete from (`schema/config.schema.json`).
 */
export function settingsSchema(rules: readonly RuleHead[]): JsonSchema {
  const text: JsonSchema = { type: 'string', minLength: 1 };
  const texts: JsonSchema = { type: 'array', items: text };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Istio Upgrade Guard settings',
    ...mapping('Everything has a default; the file is optional. Read from the base of a pull request.', {
      environments: listOf(
        mapping(
          'The manifests deployed together into one cluster.',
          { name: text, paths: { ...texts, minItems: 1, description: 'Globs over repository paths.' } },
          ['name', 'paths'],
        ),
        'Which paths make up which environment. Left out: they are found by the structure of the repository.',
      ),
      rules: ruleLevels(rules, 'The level of a rule, or `off`.'),
      overrides: listOf(
        mapping(
          'Other levels for some files.',
          {
            paths: { ...texts, minItems: 1, description: 'Globs over repository paths.' },
            rules: ruleLevels(rules, 'Their levels there, or `off`.'),
          },
          ['paths', 'rules'],
        ),
        'Rule levels by path; of several entries for a file and a rule the last counts.',
      ),
      failOn: {
        description: 'The mildest introduced finding that fails a review.',
        enum: [...LEVELS, 'never'],
        default: 'error',
      },
      suppressions: listOf(
        mapping(
          'Findings the repository has decided to live with.',
          {
            rule: { enum: [...rules.map(({ id }) => id), '*'], description: 'A rule, or `*` for all.' },
            resource: { ...text, description: 'Glob over `Kind namespace/name`.' },
            reason: text,
            until: {
              type: 'string',
              pattern: '^\\d{4}-\\d{2}-\\d{2}$',
              description: 'a day such as 2030-01-31',
            },
          },
          ['rule', 'resource'],
        ),
      ),
      externals: {
        ...texts,
        description:
          'What exists outside the repository: `Service payments/ledger`, `host *.example.com`. Globs.',
      },
      comment: {
        description: 'When a pull request gets a comment.',
        enum: ['always', 'on-findings', 'never'],
        default: 'always',
      },
      waves: listOf(
        mapping(
          'Namespaces that move to a new revision together.',
          { name: text, namespaces: { ...texts, minItems: 1 } },
          ['namespaces'],
        ),
        'The order in which namespaces are promoted.',
      ),
    }),
  };
}

function ruleLevels(rules: readonly RuleHead[], description: string): JsonSchema {
  return mapping(description, Object.fromEntries(rules.map((rule) => [rule.id, levelOf(rule)])));
}

/** YAML reads a bare `off` as `false`, so both mean the same. */
function levelOf({ summary }: RuleHead): JsonSchema {
  return { description: summary, enum: [...LEVELS, 'off', false] };
}

function mapping(
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema {
  return {
    description,
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function listOf(items: JsonSchema, description?: string): JsonSchema {
  return { ...(description !== undefined && { description }), type: 'array', items };
}
