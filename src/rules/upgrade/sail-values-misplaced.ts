import type { Fields } from '../../untyped.ts';
import type { Resource } from '../../render/resource.ts';
import { fields } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';

type Context = RuleContext<'misplaced' | 'variables'>;

const KINDS = [
  'Istio.sailoperator.io',
  'IstioRevision.sailoperator.io',
  'IstioCNI.sailoperator.io',
  'ZTunnel.sailoperator.io',
];

/** Helm values of Istio's charts, none of which the schema has under `spec`. */
const VALUES = new Set([
  'base',
  'cni',
  'defaultRevision',
  'env',
  'experimental',
  'gateways',
  'global',
  'istiodRemote',
  'meshConfig',
  'pilot',
  'revision',
  'revisionTags',
  'sidecarInjectorWebhook',
  'telemetry',
  'ztunnel',
]);

/**
 * The Sail operator's objects are no IstioOperators: Helm values stand under `spec.values` (sailoperator.io/v1alpha1 and v1,
 * also OpenShift Service Mesh 3). The API server refuses or drops what the schema does not know.
 */
export default defineRule({
  id: 'sail-values-misplaced',
  name: 'sail-values-misplaced',
  level: 'error',
  inputs: KINDS,
  summary:
    'An object of the Sail operator holds Helm values outside `spec.values`, or variables that are no text.',
  messages: {
    misplaced: '{kind} {name} has Helm values directly under spec, where they are not read: {names}.',
    variables: '{kind} {name} sets environment variables to something that is no text: {names}.',
  },
  advice: {
    misplaced:
      'Move them under `spec.values`. The API server refuses the fields, or drops them and Istio runs with its defaults.',
    variables: 'Put the values in quotes. The API server refuses the object as it is.',
  },
  check(context) {
    for (const resource of KINDS.flatMap((kind) => context.mesh.resources(kind))) {
      const spec = fields(resource.body, 'spec');
      const misplaced = Object.keys(spec).filter((key) => VALUES.has(key));
      reportNames(context, resource, 'misplaced', ['spec'], misplaced);
      for (const path of [
        ['values', 'pilot', 'env'],
        ['pilot', 'env'],
      ]) {
        const env = path.reduce<Fields>((owner, step) => fields(owner, step), spec);
        reportNames(context, resource, 'variables', ['spec', ...path], variablesThatAreNoText(env));
      }
    }
  },
});

/** `pilot.env` is a map of text to text in the schema, unlike the chart's. */
function variablesThatAreNoText(env: Fields): string[] {
  return Object.keys(env).filter((name) => ['boolean', 'number'].includes(typeof env[name]));
}

function reportNames(
  { report }: Context,
  resource: Resource,
  message: 'misplaced' | 'variables',
  path: readonly string[],
  names: readonly string[],
): void {
  const [first] = names;
  if (first === undefined) return;
  const data = { kind: resource.kind, name: resource.name, names: [...names].sort() };
  report(resource, [...path, first], message, data, { atKey: true });
}
