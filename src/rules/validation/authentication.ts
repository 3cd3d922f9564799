import { hasPlaceholder } from '../body.ts';
import type { FieldView } from './field-view.ts';
import { checkDuration } from './scalars.ts';
import { checkSelector, checkTargets } from './shared-fields.ts';

/** PeerAuthentication. */
export function validatePeerAuthentication(spec: FieldView): void {
  checkSelector(spec.field('selector'));
  const ports = spec.field('portLevelMtls');
  if (!ports.isSet) return;
  if (!ports.isFilled) ports.refuse('must not be empty');
  if (!spec.field('selector').field('matchLabels').isFilled) ports.refuse('needs a selector');
  for (const [port, mode] of ports.entries()) {
    const number = Number(port);
    if (hasPlaceholder(port)) continue;
    if (!/^\d{1,20}$/.test(port) || number < 1 || number > 65_535)
      mode.refuse('is for no port from 1 to 65535');
  }
}

/** RequestAuthentication. */
export function validateRequestAuthentication(spec: FieldView): void {
  checkTargets(spec);
  checkSelector(spec.field('selector'));
  for (const rule of spec.field('jwtRules').items()) checkJwtRule(rule);
}

function checkJwtRule(rule: FieldView): void {
  const uri = rule.field('jwksUri');
  if (!rule.field('issuer').isFilled && !uri.isFilled) rule.field('issuer').refuse('is missing');
  if (uri.isFilled && !/^https?:\/\//.test(uri.text)) uri.refuse('must be an http or https URL');
  for (const name of ['audiences', 'fromParams', 'fromCookies', 'spaceDelimitedClaims']) {
    for (const item of rule.field(name).items()) if (!item.isFilled) item.refuse('must not be empty');
  }
  for (const header of rule.field('fromHeaders').items()) {
    if (!header.field('name').isFilled) header.field('name').refuse('is missing');
  }
  for (const output of rule.field('outputClaimToHeaders').items()) {
    for (const name of ['header', 'claim']) {
      if (!output.field(name).isFilled) output.field(name).refuse('is missing');
    }
    const header = output.field('header');
    if (header.isFilled && !/^[-_A-Za-z0-9]+$/.test(header.text))
      header.refuse('is no header that can be set');
  }
  checkJwks(rule.field('jwks'));
  if (rule.field('jwks').isSet && uri.isSet) uri.refuse('cannot be set together with jwks');
  checkDuration(rule.field('timeout'));
}

function checkJwks(jwks: FieldView): void {
  if (!jwks.isFilled || jwks.isOpen || jwks.text.length > 1_000_000) return;
  try {
    JSON.parse(jwks.text);
  } catch {
    jwks.refuse('must be a JSON Web Key Set');
  }
}
