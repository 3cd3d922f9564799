import type { Settings } from '../config/settings.ts';
import type { Resource } from '../render/resource.ts';
import type { Location } from '../vocabulary.ts';
import { type Fields, mappingAt, textAt } from '../untyped.ts';
import { embeddedYaml } from './installations/embedded-yaml.ts';

/** A MeshNetworks, and where it is written. */
export interface WrittenNetworks {
  readonly networks: Fields;
  readonly at: Location;
}

/** The MeshNetworks of the command line, else those in the ConfigMaps `istio` and `istio-<revision>`. */
export function meshNetworksOf(
  configMaps: readonly Resource[],
  given: Settings['meshNetworks'],
): readonly WrittenNetworks[] {
  if (given) {
    const at = { file: given.file, line: 1, column: 1, endLine: 1 };
    return [{ networks: mappingAt(given.value, 'networks'), at }];
  }
  return configMaps
    .filter(({ name }) => name === 'istio' || name.startsWith('istio-'))
    .flatMap(({ body, origin }) => {
      const at = origin.at(['data', 'meshNetworks']);
      const written = embeddedYaml(textAt(body, 'data', 'meshNetworks'), at);
      return written ? [{ networks: mappingAt(written.values, 'networks'), at }] : [];
    });
}
