import type { Change } from '../../vocabulary.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import { NOTHING_TOUCHED } from './blast-radius.ts';
import { pairUp } from './pairs.ts';
import type { Pairs } from './pairs.ts';

/** Versions of base, cni, ztunnel, gateways and the operator. */
export function componentChanges(base: Mesh, head: Mesh): Change[] {
  const { both, removed, added } = renamed(
    pairUp(
      notIstiod(base),
      notIstiod(head),
      ({ component, name, namespace }) => `${component} ${namespace}/${name}`,
      ({ at }) => at.file,
    ),
  );
  return [
    ...both.flatMap(([before, after]) => versionChange(before, after)),
    ...removed.map((one) => presence(one, 'removed')),
    ...added.map((one) => presence(one, 'added')),
  ];
}

/** istiod is told as a control plane. */
function notIstiod(mesh: Mesh): MeshComponent[] {
  return mesh.components.filter(({ component }) => component !== 'istiod');
}

/** The only one of its kind that goes and the only one that comes are the same thing, installed in another way. */
function renamed({ both, removed, added }: Pairs<MeshComponent>): Pairs<MeshComponent> {
  const pairs = removed.flatMap((gone): (readonly [MeshComponent, MeshComponent])[] => {
    const isSame = ({ component }: MeshComponent): boolean => component === gone.component;
    const [only, ...others] = added.filter(isSame);
    return only && others.length === 0 && removed.filter(isSame).length === 1 ? [[gone, only]] : [];
  });
  return {
    both: [...both, ...pairs],
    removed: removed.filter((one) => !pairs.some(([gone]) => gone === one)),
    added: added.filter((one) => !pairs.some(([, come]) => come === one)),
  };
}

function versionChange(before: MeshComponent, after: MeshComponent): Change[] {
  if (before.versionText === after.versionText) return [];
  const from = before.versionText || 'a version not written here';
  const to = after.versionText || 'a version not written here';
  return [
    {
      kind: 'component-version-changed',
      subject: subjectOf(after),
      from,
      to,
      message: `The ${titleOf(after)} goes from ${from} to ${to}.`,
      at: after.at,
      evidence: [{ says: `before: ${from}`, at: before.at }],
      blastRadius: NOTHING_TOUCHED,
    },
  ];
}

function presence(component: MeshComponent, what: 'added' | 'removed'): Change {
  const version = component.versionText;
  const shown = version === '' ? '' : ` (${version})`;
  return {
    kind: 'component-version-changed',
    subject: subjectOf(component),
    ...(version === '' ? {} : { [what === 'added' ? 'to' : 'from']: version }),
    message: `The ${titleOf(component)}${shown} is ${what === 'added' ? 'new' : 'removed'}.`,
    at: component.at,
    evidence: [],
    blastRadius: NOTHING_TOUCHED,
  };
}

function subjectOf({ component, name }: MeshComponent): string {
  return name === '' || name === component ? component : `${component} ${name}`;
}

const TITLES: Readonly<Record<MeshComponent['component'], string>> = {
  base: 'base chart (CRDs)',
  istiod: 'control plane',
  cni: 'CNI plugin',
  ztunnel: 'ztunnel',
  gateway: 'gateway',
  operator: 'operator',
};

function titleOf({ component, name }: MeshComponent): string {
  const title = TITLES[component];
  return component === 'gateway' && name !== '' ? `${title} ${name}` : title;
}
