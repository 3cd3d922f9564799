import type { HostAnswer } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { reportUnknownHost } from '../absent.ts';
import { field, fields, hasPlaceholder, integer, text, texts } from '../body.ts';
import type { ReferenceContext } from './ist0101-reference-not-found.ts';
import { type Destination, destinationsOf, within } from './virtual-service-destinations.ts';

/** Destinations whose host no service provides, or whose port its service does not expose. */
export function checkHosts(context: ReferenceContext): void {
  for (const virtualService of context.mesh.resources('VirtualService')) {
    const exportTo = texts(fields(virtualService.body, 'spec'), 'exportTo');
    for (const destination of destinationsOf(virtualService)) {
      checkHost(context, virtualService, destination, exportTo);
    }
  }
}

function checkHost(
  context: ReferenceContext,
  virtualService: Resource,
  destination: Destination,
  exportTo: readonly string[],
): void {
  const { mesh } = context;
  const host = text(destination.fields, 'host');
  // A destination without a host is a schema error; Istio's analyzers look up the empty host.
  if (host === '' ? mesh.world === 'open' : hasPlaceholder(host)) return;
  const answer = mesh.lookupHost(host, virtualService.namespace, exportTo);
  if (answer.known === 'yes') {
    checkPort(context, virtualService, destination, answer);
    return;
  }
  const message = answer.nearMiss === undefined ? 'host' : 'hostSlip';
  const data = { host, role: roleOf(destination), nearMiss: answer.nearMiss ?? '' };
  reportUnknownHost(context, answer, virtualService, within(destination, 'host'), message, data);
}

function checkPort(
  context: ReferenceContext,
  virtualService: Resource,
  destination: Destination,
  answer: HostAnswer,
): void {
  const port = field(destination.fields, 'port');
  if (port === undefined) return;
  const number = integer(port, 'number') ?? (field(port, 'number') === undefined ? 0 : undefined);
  if (number === undefined || answer.ports.includes(number)) return;
  // Without a list of ports nothing is known about them, unless these files are the whole mesh.
  if (context.mesh.world === 'open' && (answer.ports.length === 0 || number === 0)) return;
  context.report(
    virtualService,
    [...within(destination, 'port'), 'number'],
    'port',
    {
      host: text(destination.fields, 'host'),
      port: number,
      role: roleOf(destination),
      ports: answer.ports.map(String),
    },
    portEvidence(answer),
  );
}

function portEvidence(answer: HostAnswer) {
  const { provider } = answer;
  if (!provider || provider.origin.file === '') return {};
  const says = `${provider.kind} ${provider.name} exposes ${answer.ports.join(', ') || 'no port'}`;
  return {
    confidence: answer.confidence,
    evidence: [{ says, at: provider.origin.at(['spec', 'ports'], 'key') }],
  };
}

function roleOf(destination: Destination): string {
  return destination.role === 'mirror' ? 'mirror host' : 'host';
}
