import type { FieldView } from './field-view.ts';
import { checkFault } from './http-fault.ts';
import { checkMatches } from './http-match.ts';
import {
  checkCors,
  checkDirectResponse,
  checkHeaders,
  checkRedirect,
  checkRetries,
  checkRewrite,
} from './http-route-parts.ts';
import { checkDestination, checkDestinations } from './route-destinations.ts';
import { checkDuration } from './scalars.ts';

/** One http route of a VirtualService. */
export function checkHttpRoute(route: FieldView, isDelegate: boolean): void {
  if (route.isOpen) return;
  if (route.field('delegate').isSet) checkRoot(route, isDelegate);
  else checkAction(route);
  checkMatches(route.field('match'));
  checkHeaders(route.field('headers'));
  for (const destination of route.field('route').items()) checkHeaders(destination.field('headers'));
  checkDestinations(route.field('route'));
  checkCors(route.field('corsPolicy'));
  checkFault(route.field('fault'));
  checkMirrors(route);
  checkRedirect(route.field('redirect'), route.field('match'));
  checkDirectResponse(route.field('directResponse'));
  checkRetries(route.field('retries'));
  checkRewrite(route.field('rewrite'));
  checkDuration(route.field('timeout'));
}

function checkRoot(route: FieldView, isDelegate: boolean): void {
  if (isDelegate) route.field('delegate').refuse('cannot be set in a delegate');
  for (const name of ['redirect', 'route']) {
    if (route.field(name).isFilled) route.field(name).refuse('cannot be set together with delegate');
  }
}

/** Exactly one of route, redirect and directResponse answers a request. */
function checkAction(route: FieldView): void {
  const forwards = route.field('route');
  const redirect = route.field('redirect');
  const answer = route.field('directResponse');
  for (const action of [redirect, answer]) {
    if (!action.isSet) continue;
    for (const name of ['route', 'fault', 'rewrite']) {
      const other = route.field(name);
      if (other.isFilled) other.refuse(`cannot be set together with ${String(action.path.at(-1))}`);
    }
  }
  if (redirect.isSet && answer.isSet) answer.refuse('cannot be set together with redirect');
  if (!forwards.isFilled && !redirect.isSet && !answer.isSet) {
    route.refuse('must have a route, a redirect or a directResponse');
  }
}

function checkMirrors(route: FieldView): void {
  const mirror = route.field('mirror');
  const mirrors = route.field('mirrors');
  if (mirror.isSet && mirrors.isFilled) mirrors.refuse('cannot be set together with mirror');
  if (mirror.isSet) checkDestination(mirror);
  const percent = route.field('mirrorPercent');
  if (percent.isSet) percent.warn('is deprecated: use mirrorPercentage');
  checkShare(percent);
  checkShare(route.field('mirrorPercentage').field('value'));
  for (const item of mirrors.items()) {
    checkDestination(item.field('destination'));
    checkShare(item.field('percentage').field('value'));
  }
}

function checkShare(share: FieldView): void {
  const number = share.number ?? 0;
  if (number < 0 || number > 100) share.refuse('must be from 0 to 100');
}
