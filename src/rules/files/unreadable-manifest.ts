import type { FileProblem } from '../../render/repository.ts';
import type { Resource } from '../../render/resource.ts';
import type { ProblemKind } from '../../yaml/document.ts';
import { defineRule } from '../rule.ts';

/** Templates and encrypted files are not plain YAML on purpose; they are counted among what was not checked. */
const TOLD: ReadonlySet<ProblemKind> = new Set(['syntax', 'duplicate-key', 'encoding', 'limit']);

const MESSAGES: Readonly<Partial<Record<ProblemKind, 'repeated' | 'limit'>>> = {
  'duplicate-key': 'repeated',
  limit: 'limit',
};

export default defineRule({
  id: 'unreadable-manifest',
  name: 'unreadable-manifest',
  level: 'warning',
  inputs: ['problems'],
  summary: 'A file that is deployed holds a document that kubectl, kustomize or Flux cannot read.',
  messages: { fault: '{fault}', repeated: '{fault}', limit: '{fault}' },
  advice: {
    fault:
      'Mend the text. Until then whoever applies this file refuses it, and nothing in the document is checked.',
    repeated: 'Remove one of the two.',
    limit: 'Nothing in the document is checked. Write it with fewer aliases, or less deeply nested.',
  },
  check({ mesh, report }) {
    for (const fault of mesh.problems) {
      const { kind, message } = fault.problem;
      if (TOLD.has(kind)) report(asResource(fault), [], MESSAGES[kind] ?? 'fault', { fault: message });
    }
  },
});

/** The file itself is what the finding is about: there is no object to name. */
function asResource({ path, problem }: FileProblem): Resource {
  const { line, column } = problem;
  return {
    apiVersion: '',
    group: '',
    kind: 'File',
    namespace: '',
    name: path,
    labels: {},
    annotations: {},
    body: {},
    origin: { file: path, through: [], at: () => ({ file: path, line, column, endLine: line }) },
    digest: path,
  };
}
