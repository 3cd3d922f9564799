import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { type Case, listenersOf, portsOf } from './case.ts';

/**
 * Command lines and configuration as charts and applications write them, by class. One in a class under `missed` listens on
 * loopback and is not found: each is a limit that is known.
 */
const FOLDER = fileURLToPath(new URL('corpus/', import.meta.url));

interface Tally {
  readonly name: string;
  readonly cases: number;
  readonly negatives: number;
  readonly found: number;
  readonly missed: string[];
  readonly wrong: string[];
}

const tallies = readdirSync(FOLDER)
  .sort()
  .map((file) => tallyOf(file.replace('.yaml', ''), readFileSync(`${FOLDER}${file}`, 'utf8')));

function tallyOf(name: string, text: string): Tally {
  const cases = load(text) as Case[];
  const missed: string[] = [];
  const wrong: string[] = [];
  let found = 0;
  cases.forEach((one, index) => {
    const ports = new Set(listenersOf(one).map(({ exposure }) => exposure.target));
    for (const port of portsOf(one.finds)) {
      if (ports.has(port)) found += 1;
      else missed.push(`${name} ${index + 1}: ${titleOf(one)} on ${port}`);
    }
    for (const port of portsOf(one.spares)) {
      if (ports.has(port)) wrong.push(`${name} ${index + 1}: ${titleOf(one)} on ${port}`);
    }
  });
  const negatives = cases.filter(({ finds }) => finds === undefined).length;
  return { name, cases: cases.length, negatives, found, missed, wrong };
}

function titleOf(one: Case): string {
  return (one.run ?? one.sh ?? one.args ?? JSON.stringify(one)).slice(0, 160);
}

function sum(of: (tally: Tally) => number): number {
  return tallies.reduce((total, tally) => total + of(tally), 0);
}

describe('the corpus of settings', () => {
  test('is large and varied enough to measure with', () => {
    expect(sum(({ cases }) => cases)).toBeGreaterThanOrEqual(300);
    expect(sum(({ negatives }) => negatives)).toBeGreaterThanOrEqual(120);
  });

  test('nothing is called loopback that is not', () => {
    expect(tallies.flatMap(({ wrong }) => wrong)).toEqual([]);
  });

  test('of what listens on loopback, 95 of 100 are found', () => {
    const found = sum((tally) => tally.found);
    const all = found + sum(({ missed }) => missed.length);
    const recall = found / all;
    process.stdout.write(`${table(recall)}\n`);
    expect({
      recall: recall >= 0.95,
      missed: recall >= 0.95 ? [] : tallies.flatMap((one) => one.missed),
    }).toEqual({
      recall: true,
      missed: [],
    });
  });
});

function table(recall: number): string {
  const cell = (value: string | number, width: number): string => String(value).padStart(width);
  const row = ({ name, cases, negatives, found, missed, wrong }: Tally): string =>
    `${name.padEnd(22)}${cell(cases, 7)}${cell(negatives, 11)}${cell(found, 7)}${cell(missed.length, 8)}${cell(wrong.length, 7)}`;
  const total: Tally = {
    name: 'all',
    cases: sum(({ cases }) => cases),
    negatives: sum(({ negatives }) => negatives),
    found: sum(({ found }) => found),
    missed: tallies.flatMap(({ missed }) => missed),
    wrong: tallies.flatMap(({ wrong }) => wrong),
  };
  const head = `${'class'.padEnd(22)}${cell('cases', 7)}${cell('negatives', 11)}${cell('found', 7)}${cell('missed', 8)}${cell('wrong', 7)}`;
  const known = total.missed.map((each) => `  missed: ${each}`);
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const precision = total.found / (total.found + total.wrong.length);
  const result = `precision ${percent(precision)}, recall ${percent(recall)}`;
  return ['', head, ...tallies.map(row), row(total), result, ...known].join('\n');
}
