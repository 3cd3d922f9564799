import { fields, list, text } from '../../../body.ts';
import type { Mesh } from '../../../../mesh/mesh.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Servers with MUTUAL whose credential holds an authority for clients, and has a NAME-cacert beside it. */
export const twoAuthoritiesForClients: OddLook = {
  inputs: ['Gateway', 'Secret'],
  hits: (mesh) =>
    mesh.resources('Gateway').flatMap((gateway) =>
      list(fields(gateway.body, 'spec'), 'servers').flatMap((server, index) => {
        const tls = fields(server, 'tls');
        const name = text(tls, 'credentialName');
        if (text(tls, 'mode') !== 'MUTUAL' || name === '') return [];
        return holdsAuthority(mesh, name) &&
          mesh.resources('Secret').some((other) => other.name === `${name}-cacert`)
          ? [objectHit(gateway, ['spec', 'servers', index, 'tls', 'credentialName'])]
          : [];
      }),
    ),
};

function holdsAuthority(mesh: Mesh, name: string): boolean {
  return mesh
    .resources('Secret')
    .some(
      (secret) =>
        secret.name === name &&
        ['data', 'stringData'].some((part) =>
          ['ca.crt', 'cacert'].some((key) => key in fields(secret.body, part)),
        ),
    );
}
