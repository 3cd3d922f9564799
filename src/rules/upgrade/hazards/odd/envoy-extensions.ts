import { isMapping } from '../../../../untyped.ts';
import type { Path } from '../../../../vocabulary.ts';
import { field, fields, list, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';
import { reach } from '../reach.ts';

/** What a patch of these brings is an extension itself. */
const EXTENSIONS = new Set(['HTTP_FILTER', 'NETWORK_FILTER', 'LISTENER_FILTER']);
/** Lists of extensions inside of what a patch brings. */
const LISTS = ['http_filters', 'filters', 'listener_filters', 'access_log'];
const BRINGING = new Set(['ADD', 'INSERT_BEFORE', 'INSERT_AFTER', 'INSERT_FIRST', 'REPLACE']);

/** Extensions that EnvoyFilters bring with a name and no type. */
export const extensionsWithoutType: OddLook = {
  inputs: ['EnvoyFilter'],
  hits: (mesh) =>
    mesh.resources('EnvoyFilter').flatMap((resource) =>
      list(fields(resource.body, 'spec'), 'configPatches').flatMap((entry, index) => {
        const patch = fields(entry, 'patch');
        const value = field(patch, 'value');
        const own =
          EXTENSIONS.has(text(entry, 'applyTo')) && BRINGING.has(text(patch, 'operation')) && isUntyped(value)
            ? [[] as Path]
            : [];
        const nested = LISTS.flatMap((name) => reach(value, `**.${name}.[]`))
          .filter((item) => isUntyped(item.value))
          .map(({ path }) => path);
        return [...own, ...nested].map((path) =>
          objectHit(resource, ['spec', 'configPatches', index, 'patch', 'value', ...path, 'name']),
        );
      }),
    ),
};

function isUntyped(value: unknown): boolean {
  return (
    isMapping(value) &&
    text(value, 'name') !== '' &&
    !('typed_config' in value) &&
    !('config_discovery' in value)
  );
}

/** Mappings in what EnvoyFilters bring that have a name and `config`, and no `typed_config`. */
export const filtersWithUntypedConfig: OddLook = {
  inputs: ['EnvoyFilter'],
  hits: (mesh) =>
    mesh.resources('EnvoyFilter').flatMap((resource) =>
      reach(resource.body, 'spec.configPatches[].patch.value.**')
        .filter(({ value }) => isMapping(value) && 'config' in value && isUntyped(value))
        .map(({ path }) => objectHit(resource, [...path, 'config'])),
    ),
};
