import { formatVersion } from '../facts/versions.ts';
import type { ControlPlane, Mesh } from '../mesh/mesh.ts';
import { followersIn, followerText } from '../plan/followers.ts';
import { leadsTo } from '../plan/names.ts';
import { mermaidText } from './escape.ts';

/** Groups of namespaces in one picture; the rest are one node that counts them. */
const MOST_GROUPS = 10;
/** Control planes and tags in one picture; an environment with more is no picture any more. */
const MOST_NAMES = 12;
/** Names of a group that are shown. */
const MOST_MEMBERS = 3;

/** Whom something asks, and where that leads; '' where it leads nowhere. */
interface Lead {
  readonly asks: string;
  readonly revision: string;
}

/** Namespaces and workloads with one fate. */
interface Group {
  readonly members: readonly string[];
  readonly before: Lead | undefined;
  readonly after: Lead | undefined;
}

/**
 * Control planes, tags and namespaces before and after, as Mermaid source: what changes and what hangs together with it.
 * `undefined` when nothing of it changes. Names are strangers' text: all are escaped, cut and bounded in number.
 */
export function pictureOf(base: Mesh, head: Mesh): string | undefined {
  const changed = changedRevisions(base, head);
  const tags = changedTags(base, head);
  const groups = groupsOf(base, head).filter((group) => isTouched(group, changed, tags));
  if (changed.size + tags.size + groups.length === 0) return undefined;
  const shown = bounded(groups);
  const [before, after] = [
    new Side('b', base, shown, ({ before: lead }) => lead, changed, tags),
    new Side('a', head, shown, ({ after: lead }) => lead, changed, tags),
  ];
  if (before.size > MOST_NAMES || after.size > MOST_NAMES) return undefined;
  // Mermaid puts what comes later above what comes first.
  return ['flowchart LR', ...after.lines('After'), ...before.lines('Before'), ...STYLES].join('\n');
}

const STYLES = ['  classDef changed stroke-width:3px', '  classDef missing stroke-dasharray:4'];

/** Revisions that come, go or change their version. */
function changedRevisions(base: Mesh, head: Mesh): ReadonlySet<string> {
  const text = (mesh: Mesh): Map<string, string> =>
    new Map(mesh.controlPlanes.map(({ revision, versionText }) => [revision, versionText]));
  return differing(text(base), text(head));
}

function changedTags(base: Mesh, head: Mesh): ReadonlySet<string> {
  const targets = (mesh: Mesh): Map<string, string> =>
    new Map(mesh.tags.map(({ name, revision }) => [name, revision]));
  return differing(targets(base), targets(head));
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Set<string> {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return new Set(keys.filter((key) => before.get(key) !== after.get(key)));
}

function groupsOf(base: Mesh, head: Mesh): Group[] {
  const [before, after] = [leadsOf(base), leadsOf(head)];
  const groups = new Map<string, Group>();
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const fate = { before: before.get(name), after: after.get(name) };
    const key = JSON.stringify([fate.before, fate.after]);
    groups.set(key, { ...fate, members: [...(groups.get(key)?.members ?? []), name] });
  }
  return [...groups.values()];
}

function leadsOf(mesh: Mesh): Map<string, Lead> {
  const leads = followersIn(mesh).map((follower) => {
    const lead = leadsTo(mesh, mesh.controlPlanes, follower.asksFor);
    const revision = lead.to === 'revision' ? lead.revision : '';
    return [followerText(follower), { asks: follower.asksFor, revision }] as const;
  });
  return new Map(leads);
}

function isTouched(
  { before, after }: Group,
  revisions: ReadonlySet<string>,
  tags: ReadonlySet<string>,
): boolean {
  if (before?.asks !== after?.asks || before?.revision !== after?.revision) return true;
  return after !== undefined && (revisions.has(after.revision) || tags.has(after.asks));
}

/** What moves first, the largest before the others; the rest together. */
function bounded(groups: readonly Group[]): readonly Group[] {
  const order = [...groups].sort(
    (a, b) => Number(moves(b)) - Number(moves(a)) || b.members.length - a.members.length,
  );
  const rest = order.slice(MOST_GROUPS).flatMap(({ members }) => members);
  const kept = order.slice(0, MOST_GROUPS);
  return rest.length === 0 ? kept : [...kept, { members: rest, before: undefined, after: undefined }];
}

function moves({ before, after }: Group): boolean {
  return before?.revision !== after?.revision || before?.asks !== after?.asks;
}

/** One side of the picture. */
class Side {
  readonly #prefix: string;
  readonly #groups: readonly Group[];
  readonly #leadOf: (group: Group) => Lead | undefined;
  readonly #changed: ReadonlySet<string>;
  readonly #changedTags: ReadonlySet<string>;
  readonly #planes: readonly ControlPlane[];
  readonly #tags: Mesh['tags'];

  constructor(
    prefix: string,
    mesh: Mesh,
    groups: readonly Group[],
    leadOf: (group: Group) => Lead | undefined,
    changed: ReadonlySet<string>,
    changedTags: ReadonlySet<string>,
  ) {
    this.#prefix = prefix;
    this.#groups = groups;
    this.#leadOf = leadOf;
    this.#changed = changed;
    this.#changedTags = changedTags;
    const leads = groups.flatMap((group) => leadOf(group) ?? []);
    const asked = new Set(leads.map(({ asks }) => asks));
    const tags = new Map(mesh.tags.map((tag) => [tag.name, tag]));
    this.#tags = [...tags.values()].filter(({ name }) => changedTags.has(name) || asked.has(name));
    const served = new Set([
      ...leads.map(({ revision }) => revision),
      ...this.#tags.map(({ revision }) => revision),
    ]);
    const planes = new Map(mesh.controlPlanes.map((plane) => [plane.revision, plane]));
    this.#planes = [...planes.values()].filter(
      ({ revision }) => changed.has(revision) || served.has(revision),
    );
  }

  get size(): number {
    return this.#planes.length + this.#tags.length;
  }

  lines(title: string): string[] {
    return [
      `  subgraph ${this.#prefix} [${title}]`,
      '    direction LR',
      ...this.#planes.map((plane, index) => this.#plane(plane, index)),
      ...this.#tags.flatMap((tag, index) => this.#tag(tag, index)),
      ...this.#groups.flatMap((group, index) => this.#group(group, index)),
      '  end',
    ];
  }

  #plane({ revision, version, versionText }: ControlPlane, index: number): string {
    const shown = version ? formatVersion(version) : versionText;
    const mark = this.#changed.has(revision) ? ':::changed' : '';
    return `    ${this.#prefix}p${index}["${mermaidText(revision)}${shown === '' ? '' : `<br>${mermaidText(shown)}`}"]${mark}`;
  }

  #tag({ name, revision }: Mesh['tags'][number], index: number): string[] {
    const id = `${this.#prefix}t${index}`;
    const mark = this.#changedTags.has(name) ? ':::changed' : '';
    return [
      `    ${id}(["tag ${mermaidText(name)}"])${mark}`,
      ...this.#link(this.#planeOf(revision), id, revision),
    ];
  }

  #group(group: Group, index: number): string[] {
    const id = `${this.#prefix}n${index}`;
    const lead = this.#leadOf(group);
    const mark = moves(group) ? ':::changed' : '';
    const node = `    ${id}("${membersText(group.members)}")${mark}`;
    if (!lead) return [node];
    const tag = this.#tags.findIndex(({ name }) => name === lead.asks);
    const source = tag >= 0 ? `${this.#prefix}t${tag}` : this.#planeOf(lead.revision);
    return [node, ...this.#link(source, id, lead.asks)];
  }

  #planeOf(revision: string): string | undefined {
    const index = this.#planes.findIndex((plane) => plane.revision === revision);
    return index < 0 ? undefined : `${this.#prefix}p${index}`;
  }

  /** A name that leads nowhere has a node of its own. */
  #link(from: string | undefined, to: string, name: string): string[] {
    if (from !== undefined) return [`    ${from} --> ${to}`];
    return [`    ${to}x["${mermaidText(name)}: not here"]:::missing`, `    ${to}x -.-> ${to}`];
  }
}

function membersText(members: readonly string[]): string {
  const shown = members.slice(0, MOST_MEMBERS).map(mermaidText);
  const rest = members.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('<br>');
}
