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
  if (route.has('delegate')) checkRoot(route, isDelegate);
  else checkAction(route);
  checkMirrors(route);
  if (route.has('redirect')) checkRedirect(route.field('redirect'), route.field('match'));
  route.each(PARTS);
}

const PARTS = {
  match: checkMatches,
  headers: checkHeaders,
  route: checkRoute,
  corsPolicy: checkCors,
  fault: checkFault,
  directResponse: checkDirectResponse,
  retries: checkRetries,
  rewrite: checkRewrite,
  timeout: checkDuration,
};

function checkRoute(destinations: FieldView): void {
  for (const destination of destinations.items()) {
    if (destination.has('headers')) checkHeaders(destination.field('headers'));
  }
  checkDestinations(destinations);
}

function checkRoot(route: FieldView, isDelegate: boolean): void {
  if (isDelegate) route.field('delegate').refuse('cannot be set in a delegate');
  for (const name of ['redirect', 'route']) {
    if (route.field(name).isFilled) route.field(name).refuse('cannot be set together with delegate');
  }
}

/** Exactly one of route, redirect and directResponse answers a request. */
function checkAction(route: FieldView): void {
  const redirects = route.has('redirect');
  const answers = route.has('directResponse');
  if (!redirects && !answers) {
    if (!route.field('route').isFilled) route.refuse('must have a route, a redirect or a directResponse');
    return;
  }
  const redirect = route.field('redirect');
  const answer = route.field('directResponse');
  for (const action of [redirect, answer]) {
    if (!action.isSet) continue;
    for (const name of ['route', 'fault', 'rewrite']) {
      const other = route.field(name);
      if (other.isFilled) other.refuse(`cannot be set together with ${String(action.path.at(-1))}`);
    }
  }
  if (redirects && answers) answer.refuse('cannot be set together with redirect');
}

function checkMirrors(route: FieldView): void {
  if (route.has('mirror') && route.field('mirrors').isFilled) {
    route.field('mirrors').refuse('cannot be set together with mirror');
  }
  route.each(MIRRORING);
}

const MIRRORING = {
  mirror: checkDestination,
  mirrorPercent(percent: FieldView): void {
    percent.warn('is deprecated: use mirrorPercentage');
    checkShare(percent);
  },
  mirrorPercentage(percentage: FieldView): void {
    checkShare(percentage.field('value'));
  },
  mirrors(mirrors: FieldView): void {
    for (const item of mirrors.items()) {
      checkDestination(item.field('destination'));
      checkShare(item.field('percentage').field('value'));
    }
  },
};

function checkShare(share: FieldView): void {
  const number = share.number ?? 0;
  if (number < 0 || number > 100) share.refuse('must be from 0 to 100');
}
