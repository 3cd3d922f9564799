import { HAZARDS } from '../facts/hazards/all.ts';

const VERSIONS = new Map(HAZARDS.map(({ id, version }) => [id, version]));

/** The page of a rule below `docs/rules/`: one of its own, or a section of the page of a minor for a hazard. */
export function rulePageName(id: string): string {
  const hazard = id.startsWith('upgrade/') ? id.slice('upgrade/'.length) : '';
  const version = VERSIONS.get(hazard);
  return version === undefined ? `${id.replaceAll('/', '-')}.md` : `${hazardPageName(version)}#${hazard}`;
}

/** The page that describes what one minor changes. */
export function hazardPageName(version: string): string {
  return `upgrade-${version}.md`;
}
