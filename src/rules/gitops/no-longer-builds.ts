import { subjectAt } from '../subject.ts';
import { defineChangeRule } from '../change-rule.ts';

/** A build that worked before the change and that the tool refuses after it. Seen only where helm or kustomize are at hand. */
export default defineChangeRule({
  id: 'no-longer-builds',
  name: 'no-longer-builds',
  level: 'error',
  inputs: ['builds', 'twins'],
  summary: 'An overlay or a chart that was built before the change is refused by kustomize or Helm after it.',
  messages: {
    breaks: 'The {what} was built before this change and is refused now: {why}',
    refused: 'The new {what} is refused: {why}',
  },
  advice:
    'Mend what the tool names. Until then nothing of it is deployed, and what is in the cluster stays at its last state.',
  check({ before, after, report }) {
    const earlier = new Map(before.builds.map((build) => [build.what, build]));
    // Twins are told with both their places.
    const told = new Set(after.twins.map(({ by }) => by.replace('kustomize ', 'kustomization ')));
    for (const { what, refused } of after.builds) {
      const then = earlier.get(what);
      if (!refused || then?.refused || told.has(what)) continue;
      const [kind = '', name = ''] = what.split(' ', 2);
      const id = { kind: kind === 'chart' ? 'Chart' : 'Kustomization', namespace: '', name };
      const data = { what, why: refused.why };
      if (then) report(subjectAt(id, refused.at), [], 'breaks', data);
      else report(subjectAt(id, refused.at), [], 'refused', data, { level: 'warning', confidence: 'likely' });
    }
  },
});
