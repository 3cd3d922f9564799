import type { Resource } from '../../render/resource.ts';
import { hostsOverlap, subsetOf } from '../../mesh/gateways.ts';
import type { FieldView } from './field-view.ts';
import { isClaim } from '../istio/jwt-claim.ts';
import { checkHttpRoute } from './http-route.ts';
import { checkDestinations } from './route-destinations.ts';
import { checkPortNumber, domainProblem, isDnsLabel, isIpAddress, isSubnet } from './scalars.ts';
import { checkExportTo, checkLabels, checkWildcardHost } from './shared-fields.ts';

/** VirtualService. */
export function validateVirtualService(spec: FieldView, resource: Resource): void {
  const hosts = spec.field('hosts');
  const isDelegate = !hosts.isFilled;
  const [http, tls, tcp] = [spec.field('http'), spec.field('tls'), spec.field('tcp')];
  if (isDelegate) checkDelegate(spec);
  checkGatewayNames(spec.field('gateways'));
  checkHosts(hosts, servesMesh(spec.field('gateways')), tls);
  if (!http.isFilled && !tls.isFilled && !tcp.isFilled) spec.refuse('must hold routes: http, tls or tcp');
  checkExportTo(spec.field('exportTo'), resource);
  for (const route of http.items()) checkHttpRoute(route, isDelegate);
  if (!isDelegate && servesMesh(spec.field('gateways'))) checkClaims(http);
  for (const route of tls.items()) checkTlsRoute(route, hosts);
  for (const route of tcp.items()) checkTcpRoute(route);
}

function servesMesh(gateways: FieldView): boolean {
  const names = gateways.items();
  return !gateways.isFilled || names.some(({ text }) => text === 'mesh');
}

/** Claims of a token are known at gateways alone. */
function checkClaims(routes: FieldView): void {
  for (const route of routes.items()) {
    for (const match of route.has('match') ? route.field('match').items() : []) match.each(CLAIMS);
  }
}

const CLAIMS = { headers: refuseClaim, withoutHeaders: refuseClaim };

function refuseClaim(headers: FieldView): void {
  const claim = headers.entries().find(([header]) => isClaim(header));
  claim?.[1].refuse('is a claim of a token, which is known at gateways only');
}

function checkDelegate(spec: FieldView): void {
  for (const name of ['gateways', 'tls', 'tcp']) {
    const field = spec.field(name);
    if (field.isFilled) field.refuse('cannot be set in a delegate, which is a VirtualService without hosts');
  }
}

/** A name in the legacy dotted form ends the check, as in Istio. */
function checkGatewayNames(gateways: FieldView): void {
  for (const gateway of gateways.items()) {
    const { text } = gateway;
    if (text === 'mesh' || gateway.isOpen) continue;
    const [namespace = '', name, ...rest] = text.split('/');
    if (name === undefined) {
      if (text.includes('.')) {
        gateway.warn('is in an outdated form: write namespace/name');
        return;
      }
      if (domainProblem(text) !== undefined) gateway.refuse('is no name of a Gateway');
    } else if (namespace === '' || name === '' || rest.length > 0) gateway.refuse('must be namespace/name');
    else if (namespace !== '.' && !isDnsLabel(namespace))
      gateway.refuse(`has "${namespace}", which is no namespace`);
    else if (domainProblem(name) !== undefined && !name.includes('~'))
      gateway.refuse('is no name of a Gateway');
  }
}

function checkHosts(hosts: FieldView, mesh: boolean, tls: FieldView): void {
  const sni = tls.items().some((route) =>
    route
      .field('match')
      .items()
      .some((match) => match.field('sniHosts').isFilled),
  );
  const items = hosts.items().filter(({ isOpen }) => !isOpen);
  for (const host of items) {
    if (host.text === '*' && mesh) host.refuse('cannot be * for the sidecars of the mesh');
    // Hosts of the kind outbound_.80_._.name pass traffic of a multi-network gateway.
    else if (!isIpAddress(host.text) && !(sni && host.text.startsWith('outbound_'))) checkWildcardHost(host);
  }
  items.forEach((host, index) => {
    const other = items.slice(0, index).find(({ text }) => hostsOverlap(text, host.text));
    if (other) host.refuse(`is a duplicate of ${other.text}`);
  });
}

function checkTlsRoute(route: FieldView, hosts: FieldView): void {
  const matches = route.field('match');
  if (!matches.isFilled) matches.refuse('must hold at least one match');
  for (const match of matches.items()) {
    const names = match.field('sniHosts');
    if (!names.isFilled) names.refuse('must hold at least one host');
    for (const name of names.items()) checkSniHost(name, hosts);
    checkConnectionMatch(match);
  }
  if (!route.field('route').isFilled) route.field('route').refuse('is missing');
  checkDestinations(route.field('route'));
}

function checkSniHost(name: FieldView, hosts: FieldView): void {
  if (name.isOpen) return;
  if (isIpAddress(name.text)) name.warn('is an IP address, which most clients never send');
  else if (!name.text.startsWith('outbound_')) checkWildcardHost(name);
  const known = hosts.items();
  if (hosts.isOpen || known.some((host) => host.isOpen || subsetOf(name.text, host.text))) return;
  name.refuse('is covered by none of the hosts of the VirtualService');
}

function checkTcpRoute(route: FieldView): void {
  if (!route.field('route').isFilled) route.field('route').refuse('is missing');
  for (const match of route.field('match').items()) checkConnectionMatch(match);
  checkDestinations(route.field('route'));
}

function checkConnectionMatch(match: FieldView): void {
  for (const subnet of match.field('destinationSubnets').items()) {
    if (!subnet.isOpen && !isSubnet(subnet.text)) subnet.refuse('must be an IP address or a CIDR range');
  }
  if (match.field('port').isSet) checkPortNumber(match.field('port'));
  checkLabels(match.field('sourceLabels'));
}
