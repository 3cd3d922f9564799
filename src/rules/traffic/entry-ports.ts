import type { Resource } from '../../render/resource.ts';
import { field, fields, hasPlaceholder, integer, list, text, texts } from '../body.ts';
import { perResource } from '../per-resource.ts';

/** A port of a service outside the mesh, as its ServiceEntry declares it to the client proxies. */
export interface ExternalPort {
  readonly entry: Resource;
  readonly hosts: readonly string[];
  readonly port: number;
  /** Upper case, as Istio compares it. */
  readonly protocol: string;
  readonly index: number;
}

/**
 * The ports under which a ServiceEntry shows something outside the mesh. Those it sends to another port are left out, for
 * what is spoken there is another matter.
 */
export const externalPorts = perResource((entry: Resource): readonly ExternalPort[] => {
  const spec = fields(entry.body, 'spec');
  const location = text(spec, 'location');
  const hosts = texts(spec, 'hosts').filter((host) => !hasPlaceholder(host));
  if (hosts.length === 0 || (location !== '' && location !== 'MESH_EXTERNAL')) return [];
  if (field(spec, 'workloadSelector') !== undefined) return [];
  if (list(spec, 'endpoints').some((endpoint) => field(endpoint, 'ports') !== undefined)) return [];
  return list(spec, 'ports').flatMap((written, index) => {
    const port = integer(written, 'number');
    const protocol = text(written, 'protocol').toUpperCase();
    if (port === undefined || hasPlaceholder(protocol)) return [];
    const target = field(written, 'targetPort');
    return target === undefined || target === port ? [{ entry, hosts, port, protocol, index }] : [];
  });
});
