import { nearest } from '../config/nearest.ts';
import type { CommentPolicy, Settings } from '../config/settings.ts';
import { LEVELS } from '../vocabulary.ts';
import { ActionError } from './action-error.ts';

/** Which renderers may start: none, kustomize alone, or Helm as well. */
export type Rendering = 'none' | 'kustomize' | 'all';

/** The inputs of `action.yml`, checked. '' and `undefined` are inputs that were not given. */
export interface Inputs {
  readonly token: string;
  /** Refs that overrule what the event says. */
  readonly base: string;
  readonly head: string;
  /** Path of the settings file in the repository, when it is not the usual one. */
  readonly config: string;
  /** Undefined: as the event allows. */
  readonly render: Rendering | undefined;
  readonly sarifFile: string;
  readonly junitFile: string;
  /** Settings that overrule the repository's; the ids of `rules` are not checked yet. */
  readonly overrides: Partial<Settings>;
}

const POLICIES: readonly CommentPolicy[] = ['always', 'on-findings', 'never'];
const RENDERINGS = { true: 'all', kustomize: 'kustomize', false: 'none' } as const;

/**
 * @param input gives the text of an input, '' when there is none.
 * @throws ActionError for a value that an input does not take.
 */
export function readInputs(input: (name: string) => string): Inputs {
  const failOn = choice(input, 'fail-on', [...LEVELS, 'never']);
  const comment = choice(input, 'comment', POLICIES);
  const render = choice(input, 'render', Object.keys(RENDERINGS) as (keyof typeof RENDERINGS)[]);
  const environment = input('environment');
  const rules = input('rules')
    .split(/[\s,]+/)
    .filter((id) => id !== '');
  return {
    token: input('token'),
    base: input('base'),
    head: input('head'),
    config: input('config'),
    render: render && RENDERINGS[render],
    sarifFile: input('sarif-file'),
    junitFile: input('junit-file'),
    overrides: {
      ...(failOn && { failOn }),
      ...(comment && { comment }),
      ...(environment !== '' && { environment }),
      ...(rules.length > 0 && { rules }),
    },
  };
}

function choice<T extends string>(
  input: (name: string) => string,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = input(name);
  if (value === '') return undefined;
  const chosen = choices.find((each) => each === value);
  if (chosen !== undefined) return chosen;
  const near = nearest(value, choices);
  throw new ActionError(
    `The input ${name} does not know "${value}"${near === undefined ? '' : ` (did you mean ${near}?)`}.`,
    `It takes ${choices.join(', ')}.`,
  );
}
