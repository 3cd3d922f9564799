import type { Finding, Level } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { xmlText } from './escape.ts';
import type { EnvironmentReview, Review } from './review.ts';
import { reaches } from './threshold.ts';
import { placeText } from './wording.ts';

/**
 * JUnit XML: one suite per environment, one case per finding at head. A case fails when the finding counts against
 * `failOn`, as the exit code does; what was there before is skipped; milder findings pass, with their text as output.
 */
export function toJunit(review: Review, failOn: Level | 'never'): string {
  const suites = review.environments.map((environment) => suiteOf(environment, failOn));
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="istio-upgrade-guard" ${counts(cases)}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${xmlText(name)}" ${counts(cases)}>`,
      ...cases.flatMap(({ lines }) => lines),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly outcome: 'failed' | 'skipped' | 'passed';
  readonly lines: readonly string[];
}

function suiteOf({ name, findings }: EnvironmentReview, failOn: Level | 'never') {
  const cases = findings
    .filter(({ status }) => status !== 'fixed')
    .map((finding) => caseOf(finding, name, failOn));
  // Several consumers take a report without any case for a run that broke.
  return { name, cases: cases.length > 0 ? cases : [passedSuite(name)] };
}

function passedSuite(name: string): Case {
  return { outcome: 'passed', lines: [`    <testcase classname="${xmlText(name)}" name="no findings"/>`] };
}

function caseOf(finding: Finding, suite: string, failOn: Level | 'never'): Case {
  const { rule, resource, at, message, advice, evidence, level, status } = finding;
  const title = xmlText(`${rule} ${friendlyName(resource)} (${placeText(at)})`);
  const opening = `    <testcase classname="${xmlText(suite)}" name="${title}" file="${xmlText(at.file)}" line="${at.line}">`;
  const text = [message, ...evidence.map(({ says }) => `because ${says}`), advice]
    .filter((line) => line !== '')
    .map(xmlText)
    .join('\n');
  const enclosed = (outcome: Case['outcome'], body: string): Case => ({
    outcome,
    lines: [opening, `      ${body}`, '    </testcase>'],
  });
  if (status === 'existing') return enclosed('skipped', '<skipped message="as before this change"/>');
  if (reaches(level, failOn)) {
    return enclosed('failed', `<failure type="${level}" message="${xmlText(message)}">${text}</failure>`);
  }
  return enclosed('passed', `<system-out>${level}: ${text}</system-out>`);
}

function counts(cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']) => cases.filter((each) => each.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count('failed')}" skipped="${count('skipped')}" errors="0"`;
}
