import type { ListenerFact } from '../facts/bind-program.ts';
import { addressesIn, type Address } from './address.ts';

/** A value as a listener's program takes it apart. */
export function addressesOf(value: string, { take, portOnly }: ListenerFact): Address[] {
  const parts = take === 'heads' ? value.split(',') : [value];
  return parts.flatMap((part) => {
    const text = take === undefined || take === 'list' ? part : (part.trim().split(/\s/)[0] ?? '');
    return addressesIn(text, portOnly);
  });
}

export function firstMatch(shapes: readonly RegExp[] | undefined, text: string): RegExpExecArray | undefined {
  for (const shape of shapes ?? []) {
    const match = shape.exec(text);
    if (match) return match;
  }
  return undefined;
}

/** The address in groups `host` and `port`. A tuple such as `127, 0, 0, 1` is written with dots or colons. */
export function shapedAddresses(match: RegExpExecArray, { portOnly }: ListenerFact): Address[] {
  const { host, port } = match.groups ?? {};
  if (host === undefined) return addressesIn(port ?? '', portOnly);
  const numbers = host.split(/\s*,\s*/);
  const tuple = numbers.length > 1 && numbers.every((number) => /^\d+$/.test(number));
  const plain = tuple ? numbers.join(numbers.length === 8 ? ':' : '.') : host;
  const list = addressesIn(plain, portOnly);
  return port === undefined
    ? list
    : list.map((address) => ({ ...address, port: address.port ?? Number(port) }));
}
