import type { FieldView } from './field-view.ts';
import { checkDuration, checkPercent } from './scalars.ts';

/** Largest table of a Maglev hash in Envoy. */
const LARGEST_TABLE = 5_000_011;

/** How requests are spread over the endpoints of a host. */
export function checkLoadBalancer(balancer: FieldView): void {
  if (!balancer.isSet) return;
  checkHash(balancer.field('consistentHash'));
  const locality = balancer.field('localityLbSetting');
  if (locality.isSet && balancer.field('zoneAwareLbSetting').isSet) {
    locality.refuse('cannot be set together with zoneAwareLbSetting');
  }
  checkLocality(locality);
  const warmup = balancer.field('warmup');
  if (!warmup.isSet) return;
  if (!warmup.field('duration').isSet) warmup.field('duration').refuse('is missing');
  checkDuration(warmup.field('duration'));
  checkPercent(warmup.field('minimumPercent'));
  if ((warmup.field('aggression').number ?? 1) <= 0)
    warmup.field('aggression').refuse('must be greater than 0');
}

function checkHash(hash: FieldView): void {
  const cookie = hash.field('httpCookie');
  if (cookie.isSet && !cookie.field('name').isFilled) cookie.field('name').refuse('is missing');
  const ring = hash.field('minimumRingSize');
  const maglev = hash.field('maglev');
  if ((ring.number ?? 0) !== 0) {
    ring.warn('is deprecated: use ringHash.minimumRingSize');
    if (maglev.isSet || hash.field('ringHash').isSet)
      ring.refuse('cannot be set together with ringHash or maglev');
  }
  const size = maglev.field('tableSize');
  if (!maglev.isSet || size.isOpen) return;
  const entries = size.number ?? 0;
  if (entries > LARGEST_TABLE) size.refuse(`must be at most ${LARGEST_TABLE}`);
  else if (!isPrime(entries)) size.refuse('must be a prime number');
}

function isPrime(number: number): boolean {
  if (!Number.isInteger(number) || number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
}

function checkLocality(setting: FieldView): void {
  const distribute = setting.field('distribute');
  if (distribute.isFilled && setting.field('failover').isFilled) {
    distribute.refuse('cannot be set together with failover');
    return;
  }
  for (const entry of distribute.items()) {
    const weights = entry.field('to').entries();
    const wrong = weights.find(([, { number }]) => number !== undefined && (number < 1 || number > 100));
    if (wrong) wrong[1].refuse('must be from 1 to 100');
    const total = weights.reduce((sum, [, { number }]) => sum + (number ?? Number.NaN), 0);
    if (!wrong && !Number.isNaN(total) && total !== 100)
      entry.field('to').refuse(`has weights that add up to ${total}, not 100`);
  }
  for (const entry of setting.field('failover').items()) {
    const from = entry.field('from');
    if (from.text !== '' && from.text === entry.field('to').text)
      from.refuse('must be another region than the one it fails over to');
    for (const region of [from, entry.field('to')]) {
      if (/[/*]/.test(region.text)) region.refuse('must be a region, without zone and wildcard');
    }
  }
}
