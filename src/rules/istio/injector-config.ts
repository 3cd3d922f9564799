import { type Fields, isMapping } from '../../untyped.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import { field, fields, NO_FIELDS, text } from '../body.ts';

const PREFIX = 'istio-sidecar-injector';
/** A values document larger than this is not read. Istio's own are about 4 KB. */
const LONGEST_VALUES = 500_000;

/** The injection settings that istiod reads from its ConfigMap `istio-sidecar-injector[-<revision>]`. */
export class InjectorConfigs {
  readonly #values = new Map<string, Fields>();

  constructor(mesh: Mesh) {
    for (const configMap of mesh.resources('ConfigMap')) {
      if (!configMap.name.startsWith(PREFIX)) continue;
      this.#values.set(configMap.name, parseValues(text(fields(configMap.body, 'data'), 'values')));
    }
  }

  get size(): number {
    return this.#values.size;
  }

  /** The values of a revision's injector; `undefined` without one. The empty revision is `default`. */
  of(revision: string): Fields | undefined {
    return this.#values.get(revision === '' || revision === 'default' ? PREFIX : `${PREFIX}-${revision}`);
  }

  /** `sidecarInjectorWebhook.enableNamespacesByDefault` of a revision; `undefined` without a ConfigMap. */
  enablesByDefault(revision: string): boolean | undefined {
    const values = this.of(revision);
    return values && field(fields(values, 'sidecarInjectorWebhook'), 'enableNamespacesByDefault') === true;
  }
}

function parseValues(json: string): Fields {
  if (json.length > LONGEST_VALUES) return NO_FIELDS;
  try {
    const parsed: unknown = JSON.parse(json);
    return isMapping(parsed) ? parsed : NO_FIELDS;
  } catch {
    return NO_FIELDS;
  }
}
