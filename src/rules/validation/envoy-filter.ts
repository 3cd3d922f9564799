import type { FieldView } from './field-view.ts';
import { checkRegex } from './scalars.ts';
import { checkTargets, checkWorkloadSelector } from './shared-fields.ts';

const LISTENER_CLASS = new Set(['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER']);
const ROUTE_CLASS = new Set(['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE']);
const CONNECTION_MANAGERS = new Set([
  'envoy.filters.network.http_connection_manager',
  'envoy.http_connection_manager',
]);

/** EnvoyFilter, as far as it can be judged without Envoy's own types. */
export function validateEnvoyFilter(spec: FieldView): void {
  if (!checkWorkloadSelector(spec.field('workloadSelector'))) return;
  checkTargets(spec, 'workloadSelector');
  for (const patch of spec.field('configPatches').items()) checkPatch(patch);
}

function checkPatch(entry: FieldView): void {
  const match = entry.field('match');
  if (match.field('context').text === 'WAYPOINT') {
    checkWaypointMatch(match);
    return;
  }
  const waypoint = match.field('waypoint');
  if (waypoint.isSet && !match.field('context').isOpen) waypoint.refuse('is for the context WAYPOINT only');
  const applyTo = entry.field('applyTo');
  const patch = entry.field('patch');
  const operation = patch.field('operation');
  if (!applyTo.isFilled) applyTo.refuse('is missing');
  else if (!patch.isSet) patch.refuse('is missing');
  else if (!operation.isFilled) operation.refuse('is missing');
  else if (operation.text !== 'REMOVE' && !operation.isOpen && !patch.field('value').isSet) {
    patch.field('value').refuse(`is missing, and the operation is ${operation.text}`);
  } else checkMatch(applyTo.text, match);
}

function checkMatch(applyTo: string, match: FieldView): void {
  checkRegex(match.field('proxy').field('proxyVersion'));
  const [listener, route, cluster] = ['listener', 'routeConfiguration', 'cluster'].map((name) =>
    match.field(name),
  );
  const wrong = (...fields: (FieldView | undefined)[]) =>
    fields.find((field) => field?.isSet)?.refuse(`does not match a ${applyTo}`);
  if (LISTENER_CLASS.has(applyTo)) wrong(route, cluster);
  else if (ROUTE_CLASS.has(applyTo)) wrong(listener, cluster);
  else if (applyTo === 'CLUSTER') wrong(listener, route);
  if (LISTENER_CLASS.has(applyTo))
    checkFilterMatch(applyTo, match.field('listener').field('filterChain').field('filter'));
}

function checkFilterMatch(applyTo: string, filter: FieldView): void {
  if (!filter.isSet) return;
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN') filter.warn(`has no effect on a ${applyTo}`);
  const name = filter.field('name');
  if (!name.isFilled) name.refuse('is missing');
  const inner = filter.field('subFilter');
  if (!inner.isSet) return;
  if (applyTo !== 'HTTP_FILTER') inner.refuse('is for HTTP_FILTER only');
  else if (!CONNECTION_MANAGERS.has(name.text) && !name.isOpen) {
    inner.refuse('needs a match of envoy.filters.network.http_connection_manager');
  }
  if (!inner.field('name').isFilled) inner.field('name').refuse('is missing');
}

function checkWaypointMatch(match: FieldView): void {
  for (const name of ['listener', 'routeConfiguration', 'cluster']) {
    const field = match.field(name);
    if (field.isSet) field.refuse('cannot be set with the context WAYPOINT: use waypoint');
  }
  const port = match.field('waypoint').field('portNumber');
  const { number } = port;
  if (number !== undefined && (number < 0 || number > 65_535)) port.refuse('must be a port');
}
