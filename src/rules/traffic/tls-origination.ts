import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, fieldName, fields, integer, list, text } from '../body.ts';

/** The modes in which a client proxy starts a TLS session of its own; ISTIO_MUTUAL ends at the other proxy. */
const ORIGINATING_MODES = new Set(['SIMPLE', 'MUTUAL']);

/** Whether client TLS settings start a TLS session of the proxy's own. */
export function isOriginating(tls: unknown): boolean {
  return ORIGINATING_MODES.has(text(tls, 'mode'));
}

export interface TlsOrigination {
  readonly mode: string;
  /** Of the `mode` in the DestinationRule. */
  readonly path: Path;
}

/**
 * The TLS that a DestinationRule originates to a port of its host, outside subsets; `undefined` for none. Settings of a
 * port replace those of the host whole (all releases).
 * @param port number of the port; `undefined` where it is not known: then only settings of the whole host count
 */
export function originatesTls(rule: Resource, port: number | undefined): TlsOrigination | undefined {
  const spec = fields(rule.body, 'spec');
  const policy = fields(spec, 'trafficPolicy');
  const path: Path = ['spec', fieldName(spec, 'trafficPolicy')];
  const ports = list(policy, 'portLevelSettings');
  if (port === undefined && ports.length > 0) return undefined;
  const index = ports.findIndex((settings) => integer(fields(settings, 'port'), 'number') === port);
  if (index < 0) return originationIn(policy, path);
  return originationIn(ports[index], [...path, fieldName(policy, 'portLevelSettings'), index]);
}

function originationIn(settings: unknown, path: Path): TlsOrigination | undefined {
  const tls = field(settings, 'tls');
  return isOriginating(tls) ? { mode: text(tls, 'mode'), path: [...path, 'tls', 'mode'] } : undefined;
}

/** A rule for chosen clients only, such as an egress gateway, says nothing of what applications send. */
export function isForChosenClients(rule: Resource): boolean {
  return field(fields(rule.body, 'spec'), 'workloadSelector') !== undefined;
}
