import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import type { ListenerFact } from '../../src/facts/bind-program.ts';
import { PROGRAMS } from '../../src/facts/bind-programs.ts';
import { type Case, listenersOf, portsOf } from './case.ts';

interface Entry {
  readonly program: string;
  readonly finds: readonly Case[];
  readonly spares: readonly Case[];
}

const ENTRIES = load(
  readFileSync(fileURLToPath(new URL('catalogue.yaml', import.meta.url)), 'utf8'),
) as Entry[];

describe('every entry of the catalogue is understood', () => {
  test.each(ENTRIES.map((entry) => [entry.program, entry] as const))('%s', (program, { finds, spares }) => {
    for (const one of finds) {
      const found = listenersOf(one).filter(({ bind }) => bind.program === program);
      expect({ one, ports: found.map(({ exposure }) => exposure.target) }).toEqual({
        one,
        ports: portsOf(one.finds),
      });
    }
    for (const one of spares) {
      const found = listenersOf(one).map(({ bind }) => `${bind.setting} on ${bind.port}`);
      expect({ one, found }).toEqual({ one, found: [] });
    }
  });

  test('none is missing', () => {
    expect(ENTRIES.map(({ program }) => program)).toEqual(PROGRAMS.map(({ name }) => name));
    expect(ENTRIES.filter(({ spares }) => spares.length === 0)).toEqual([]);
  });

  test('each way to choose an address has a case of its own', () => {
    const wanted = PROGRAMS.map(({ name, listeners }) => [name, listeners.flatMap(waysOf).length]);
    const written = ENTRIES.map(({ program, finds }) => [program, finds.length]);
    expect(written).toEqual(wanted);
  });

  const WAYS = ['flags', 'variables', 'keys', 'words', 'lines', 'after', 'switches', 'unset'] as const;

  function waysOf(listener: ListenerFact): string[] {
    return WAYS.filter((way) => listener[way] !== undefined);
  }
});

describe('the facts are well formed', () => {
  test('names are unique, and flags are written as they are looked up', () => {
    const names = PROGRAMS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const flags = PROGRAMS.flatMap(({ listeners }) =>
      listeners.flatMap(({ flags = [], portFlags = [] }) => [...flags, ...portFlags]),
    );
    expect(
      flags.filter((flag) => flag.length > 1 && (flag !== flag.toLowerCase() || flag.includes('_'))),
    ).toEqual([]);
  });

  test('ports are ports, and shapes name a host or a port', () => {
    const listeners = PROGRAMS.flatMap((program) => program.listeners);
    expect(listeners.flatMap(({ ports = [] }) => ports).filter((port) => port < 1 || port > 65_535)).toEqual(
      [],
    );
    for (const { words = [], lines = [] } of listeners) {
      for (const shape of [...words, ...lines]) expect(shape.source).toMatch(/\(\?<(?:host|port)>/);
    }
  });
});
