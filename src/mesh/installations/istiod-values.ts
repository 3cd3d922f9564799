import type { Path } from '../../vocabulary.ts';
import { fieldAt, listAt, mappingAt, textMapAt, type Fields } from '../../untyped.ts';
import type { ControlPlane } from '../mesh.ts';
import type { ValuesLayer } from './installation.ts';

/** What of a control plane the istiod chart's values decide, besides its version. */
export type IstiodSettings = Pick<
  ControlPlane,
  | 'meshConfig'
  | 'meshConfigAt'
  | 'unreadMeshConfig'
  | 'env'
  | 'injectsByDefault'
  | 'neverInject'
  | 'alwaysInject'
  | 'autoInject'
  | 'legacySelectors'
  | 'objectSelector'
  | 'namedDefault'
  | 'webhooksElsewhere'
>;

/** Reads the values of the istiod chart; since 1.21 `pilot.env` may also be written `env`. */
export function istiodSettings({ values, at }: ValuesLayer): IstiodSettings {
  const webhook = mappingAt(values, 'sidecarInjectorWebhook');
  const legacy = fieldAt(webhook, 'useLegacySelectors');
  const autoInject = fieldAt(values, 'global', 'proxy', 'autoInject');
  const unread = Object.keys(mappingAt(values, 'global', 'meshConfig')).sort();
  return {
    meshConfig: mappingAt(values, 'meshConfig'),
    meshConfigAt: (path: Path) => at(['meshConfig', ...path]),
    ...(unread.length > 0 ? { unreadMeshConfig: { fields: unread, at: at(['global', 'meshConfig']) } } : {}),
    env: Object.assign(
      Object.create(null),
      textMapAt(values, 'env'),
      textMapAt(values, 'pilot', 'env'),
    ) as Record<string, string>,
    injectsByDefault: fieldAt(webhook, 'enableNamespacesByDefault') === true,
    neverInject: listAt(webhook, 'neverInjectSelector'),
    alwaysInject: listAt(webhook, 'alwaysInjectSelector'),
    ...(typeof autoInject === 'string' ? { autoInject } : {}),
    ...(typeof legacy === 'boolean' ? { legacySelectors: legacy } : {}),
    ...webhookSettings(values),
  };
}

function webhookSettings(
  values: Fields,
): Pick<ControlPlane, 'objectSelector' | 'namedDefault' | 'webhooksElsewhere'> {
  const selector = mappingAt(values, 'sidecarInjectorWebhook', 'objectSelector');
  const mode = selector['autoInject'] === false ? 'opt-in' : 'opt-out';
  const enabled = selector['enabled'];
  const elsewhere =
    fieldAt(values, 'global', 'operatorManageWebhooks') === true ||
    fieldAt(values, 'global', 'resourceScope') === 'namespace';
  return {
    ...(typeof enabled === 'boolean' ? { objectSelector: enabled ? mode : 'none' } : {}),
    ...(fieldAt(values, 'revision') === 'default' ? { namedDefault: true } : {}),
    ...(elsewhere ? { webhooksElsewhere: true } : {}),
  };
}

/** The revision the values name: `default` for an empty or missing one. */
export function revisionOf(values: Fields): string {
  const written = fieldAt(values, 'revision');
  if (typeof written === 'number') return String(written);
  return typeof written === 'string' && written !== '' ? written : 'default';
}

/** `revisionTags` with the path of each (istiod chart, 1.10 and later). A text instead of a list renders no tag. */
export function tagNames(values: Fields): { readonly name: string; readonly path: Path }[] {
  return listAt(values, 'revisionTags').flatMap((name, index) =>
    typeof name === 'string' && name !== '' ? [{ name, path: ['revisionTags', index] }] : [],
  );
}
