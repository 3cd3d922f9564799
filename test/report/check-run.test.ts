import { describe, expect, test } from '@jest/globals';
import { toCheckRun, type CheckRunOptions } from '../../src/report/check-run.ts';
import { at, environment, finding, fullReview, HOSTILE, hostileReview, reviewOf } from './sample-review.ts';

const OPTIONS: CheckRunOptions = { failOn: 'error', hasPullRequest: true, settingsProblems: [] };

describe('the conclusion', () => {
  test.each([
    ['unsafe', 'error', 'failure'],
    ['unsafe', 'never', 'neutral'],
    ['caution', 'error', 'neutral'],
    ['caution', 'warning', 'failure'],
    ['unknown', 'error', 'neutral'],
    ['safe', 'info', 'success'],
  ] as const)('of %s with fail-on %s is %s', (verdict, failOn, conclusion) => {
    const level = verdict === 'unsafe' ? 'error' : 'warning';
    const findings = verdict === 'unsafe' || verdict === 'caution' ? [finding({ level })] : [];
    const review = reviewOf({ verdict, environments: [environment({ findings })] });
    expect(toCheckRun(review, { ...OPTIONS, failOn }).conclusion).toBe(conclusion);
  });

  test('broken settings fail on their line', () => {
    const problem = { file: '.github/istio-upgrade-guard.yml', line: 4, column: 1, message: 'unknown key' };
    const report = toCheckRun(reviewOf(), { ...OPTIONS, settingsProblems: [problem] });
    expect(report.conclusion).toBe('failure');
    expect(report.annotations[0]).toMatchObject({
      path: problem.file,
      start_line: 4,
      message: 'unknown key',
    });
  });
});

test('annotates what is introduced, and nothing else', () => {
  const { annotations } = toCheckRun(fullReview(), OPTIONS);
  expect(
    annotations.map(({ annotation_level, message }) => [annotation_level, message.split('\n')[0]]),
  ).toEqual([
    ['failure', 'Host cart does not exist.'],
    ['notice', 'Port 80 has no protocol.'],
  ]);
});

test('what got no annotation is counted', () => {
  const findings = Array.from({ length: 300 }, (_, i) =>
    finding({ message: `Problem ${i}.`, at: at('a.yaml', i + 1) }),
  );
  const report = toCheckRun(
    reviewOf({ verdict: 'unsafe', environments: [environment({ findings })] }),
    OPTIONS,
  );
  expect(report.annotations).toHaveLength(250);
  expect(report.summary).toContain('50 further findings got no annotation.');
});

test('keeps the limits of GitHub with hostile and enormous text', () => {
  const huge = finding({
    message: HOSTILE.repeat(2000),
    resource: { kind: 'K', namespace: '', name: HOSTILE.repeat(99) },
  });
  const review = reviewOf({ verdict: 'unsafe', environments: [environment({ findings: [huge] })] });
  for (const { summary, text, annotations } of [
    toCheckRun(review, OPTIONS),
    toCheckRun(hostileReview(), OPTIONS),
  ]) {
    expect(summary.length).toBeLessThanOrEqual(65_535);
    expect(text.length).toBeLessThanOrEqual(65_535);
    for (const { title, message } of annotations) {
      expect(title.length).toBeLessThanOrEqual(255);
      expect(Buffer.byteLength(message)).toBeLessThan(64 * 1024);
      expect(`${title}${message.replaceAll('\n', '')}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  }
});

test('buttons keep the lengths GitHub takes, and there are three at most', () => {
  const planned = environment({ findings: [finding()], plan: {} as never });
  const { actions } = toCheckRun(reviewOf({ environments: [planned] }), OPTIONS);
  expect(actions.map(({ identifier }) => identifier)).toEqual(['review-again', 'post-plan', 'how-to-ignore']);
  for (const { label, description, identifier } of actions) {
    expect(label.length).toBeLessThanOrEqual(20);
    expect(description.length).toBeLessThanOrEqual(40);
    expect(identifier.length).toBeLessThanOrEqual(20);
  }
});

test('a merge group has nothing to comment on', () => {
  const { actions } = toCheckRun(fullReview(), { ...OPTIONS, hasPullRequest: false });
  expect(actions.map(({ identifier }) => identifier)).toEqual(['review-again']);
});
