import { atLeast } from '../../facts/versions.ts';
import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { controlPlaneSubject } from '../revisions/revision-names.ts';

/** The first minor whose istiod reads networking.istio.io/v1, which CRDs before 1.22 do not serve. */
const READS_V1 = 24;

const PLURALS = [
  'destinationrules',
  'gateways',
  'serviceentries',
  'sidecars',
  'virtualservices',
  'workloadentries',
  'workloadgroups',
];

/** Istio 1.24 and later need the CRDs of 1.22 or newer (upgrade notes of 1.24; crd-all.gen.yaml at each tag). */
export default defineRule({
  id: 'crd-too-old',
  name: 'crd-too-old',
  level: 'error',
  inputs: ['ClusterState', 'controlPlanes'],
  summary: 'The CRDs of the live cluster are too old for a control plane (live cluster only).',
  messages: {
    old: 'Istio {version} reads networking.istio.io/v1, which these CRDs do not serve: {names}.',
  },
  advice: 'Upgrade the base chart (CRDs) first: the control plane does not see these resources until then.',
  check({ mesh, report }) {
    const state = clusterStateOf(mesh);
    if (!state) return;
    const known = new Set(PLURALS.map((plural) => `${plural}.networking.istio.io`));
    const names = state.definitions
      .filter(({ name, served }) => known.has(name) && !served.includes('v1'))
      .map(({ name }) => name.slice(0, name.indexOf('.')));
    for (const plane of names.length > 0 ? mesh.controlPlanes : []) {
      if (atLeast(plane.version, READS_V1) !== true) continue;
      const data = { version: plane.versionText, names };
      report(controlPlaneSubject(plane), [], 'old', data, { confidence: plane.confidence });
    }
  },
});
