import type { Fields } from '../../untyped.ts';
import { compareVersions } from '../../facts/versions.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import { fields, list, text } from '../body.ts';
import { defineRule } from '../rule.ts';

/** IST0134 (all releases): TCP carries no host name, so only an address tells which ServiceEntry traffic is for. */
export default defineRule({
  id: 'IST0134',
  name: 'service-entry-addresses',
  level: 'warning',
  inputs: ['ServiceEntry', 'meshConfig', 'controlPlanes'],
  summary:
    'A ServiceEntry for TCP has no addresses, so its port takes the traffic of every other host on that port.',
  messages: {
    required: 'Port {port} is TCP, and the ServiceEntry has no addresses.',
  },
  advice:
    'Set addresses, or a protocol that names its host (TLS, HTTPS, HTTP). With DNS capture and automatic addresses (the default since Istio 1.25) none are needed.',
  check({ mesh, report }) {
    if (allocatesAddresses(mesh)) return;
    for (const entry of mesh.resources('ServiceEntry')) {
      const spec = fields(entry.body, 'spec');
      const status = fields(entry.body, 'status');
      if (list(spec, 'addresses').length > 0 || list(status, 'addresses').length > 0) continue;
      list(spec, 'ports').forEach((port, index) => {
        const protocol = text(port, 'protocol').toLowerCase();
        if (protocol !== '' && protocol !== 'tcp') return;
        const data = { port: text(port, 'name') || index };
        report(entry, ['spec', 'ports', index, 'name'], 'required', data);
      });
    }
  },
});

/** Addresses are given out by the mesh: by its proxies' settings, or, since 1.25, by the control plane. */
function allocatesAddresses(mesh: Mesh): boolean {
  const metadata: Fields = fields(fields(mesh.meshConfig(), 'defaultConfig'), 'proxyMetadata');
  const captures = metadata['ISTIO_META_DNS_CAPTURE'] === 'true';
  const allocates = ['ISTIO_META_DNS_AUTO_ALLOCATE', 'PILOT_ENABLE_IP_AUTOALLOCATE'].some(
    (name) => metadata[name] === 'true',
  );
  if (captures && allocates) return true;
  if (mesh.world === 'closed') return false;
  return mesh.controlPlanes.every(
    ({ version }) =>
      version === undefined || compareVersions(version, { major: 1, minor: 25, patch: 0 }) >= 0,
  );
}
