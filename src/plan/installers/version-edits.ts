import { formatVersion } from '../../facts/versions.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import type { Fix, Location } from '../../vocabulary.ts';
import { present } from '../moves.ts';
import { versionArgument, type Promotion } from '../promotion.ts';
import { byHand } from '../step.ts';
import { versionIn } from '../upgrade.ts';

/** The version of a component's chart, where it is written as one release. */
export function versionEdit({ copy, to }: Promotion, component: MeshComponent): Fix[] {
  const { versionText, at, name, component: sort } = component;
  const version = versionIn(to);
  if (isCopied(copy, at)) return [];
  if (version?.patch === undefined || !/^v?1\.\d+\.\d+$/.test(versionText)) return [];
  const wanted = `${versionText.startsWith('v') ? 'v' : ''}${formatVersion(version)}`;
  return present([copy.replaceValue(at, versionText, wanted, `${sort} ${name} to ${wanted}`)]);
}

/** Does the version stand in the chart itself, which is a copy of Istio's? Another number does not make it another chart. */
function isCopied(copy: Promotion['copy'], { file, line }: Location): boolean {
  const written = copy.text(file)?.[line - 1] ?? '';
  return /(?:^|\/)Chart\.ya?ml$/.test(file) && /^(?:appVersion|version):/.test(written);
}

/** What a person does where the version cannot be edited. */
export function versionByHand(
  p: Promotion,
  { component, at }: Pick<MeshComponent, 'component' | 'at'>,
): string {
  if (!isCopied(p.copy, at)) return byHand(at.file);
  const folder = at.file.slice(0, at.file.lastIndexOf('/')) || '.';
  return `Edit ${folder} by hand: it is a copy of the chart ${component}, and that of ${versionArgument(p)} takes its place.`;
}
