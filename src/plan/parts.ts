import type { MeshComponent } from '../mesh/mesh.ts';
import { INSTALLERS } from './installers/all.ts';
import type { InstallerSteps } from './installers/installer.ts';
import { ztunnelChange } from './installers/ztunnel.ts';
import { versionWords } from './checks.ts';
import { componentsOf, isAtNew, type Promotion } from './promotion.ts';
import type { Draft } from './step.ts';

type Chosen = (component: MeshComponent) => boolean;

/** CRDs come first, and only upwards. `apart`: those that have a step of their own. */
export function baseDrafts(p: Promotion, apart: Chosen = () => true): Draft[] {
  return componentsOf(p.head, 'base')
    .filter(apart)
    .flatMap((component) => {
      const action = stepsOf(p, component).base(p, component);
      if (!action) return [];
      const title = `Bring CRDs (base chart ${component.name}) to ${versionWords(p.to)}`;
      return [{ ...action, title, holds: componentHolds(p, component) }];
    });
}

/**
 * The CNI plugin and ztunnel follow the control plane and are never newer. CNI first: ztunnel needs it (Sail, istioctl). Charts
 * of gateways come after them: their proxies are their injector's, whatever the chart's number.
 */
export function partDrafts(p: Promotion, apart: Chosen = () => true): Draft[] {
  const gateways = componentsOf(p.head, 'gateway').filter(isChartBehind(p));
  return [...componentsOf(p.head, 'cni'), ...componentsOf(p.head, 'ztunnel'), ...gateways]
    .filter(apart)
    .flatMap((component) => {
      const action = stepsOf(p, component).part(p, component);
      if (!action) return [];
      return [
        {
          ...action,
          preconditions: [...action.preconditions, EFFECTS[component.component]],
          title: `Bring ${titleOf(component)} to ${versionWords(p.to)}`,
          holds: componentHolds(p, component),
        },
      ];
    });
}

/** `the CNI plugin (istio-cni)`. */
export function titleOf({ component, name }: MeshComponent): string {
  return `${{ ...TITLES }[component]} (${name})`;
}

const TITLES: Readonly<Record<MeshComponent['component'], string>> = {
  base: 'CRDs',
  istiod: 'the control plane',
  cni: 'the CNI plugin',
  ztunnel: 'ztunnel',
  gateway: 'the gateway chart',
  operator: 'the operator',
};

const EFFECTS: Readonly<Record<MeshComponent['component'], string>> = {
  base: 'CRDs only go upwards.',
  istiod: 'It serves all its proxies at once.',
  cni: 'While it restarts on a node, new pods there wait.',
  ztunnel: 'It restarts node by node and cuts long-lived connections there.',
  gateway: 'Its pods may roll: a second replica keeps it reachable.',
  operator: 'It installs what its objects say as soon as it runs.',
};

/** Whoever installs the component brings it up; of what only manifests show, the installer of the control plane does. */
function stepsOf({ installer }: Promotion, component: MeshComponent): InstallerSteps {
  return INSTALLERS[OWN_CHARTS.has(component.installer) ? component.installer : installer];
}

const OWN_CHARTS = new Set<MeshComponent['installer']>(['helm', 'argocd', 'flux']);

/** A chart of a gateway that is, or was, of a release before the new one. */
function isChartBehind(p: Promotion): Chosen {
  return (component) => {
    if (!OWN_CHARTS.has(component.installer)) return false;
    const holds = componentHolds(p, component);
    return isAtNew(p, component) !== undefined && !holds.base;
  };
}

/** Is it at the new version, on either side? */
export function componentHolds(p: Promotion, component: MeshComponent): Draft['holds'] {
  const before = p.base.components.find(
    (one) => one.component === component.component && one.name === component.name,
  );
  const head = isDone(p, component);
  return { base: head && before !== undefined && isDone(p, before), head };
}

function isDone(p: Promotion, component: MeshComponent): boolean {
  return isAtNew(p, component) === true && ztunnelChange(p, component) === undefined;
}
