import { FIELDS_UP_TO_MINOR } from '../../facts/generated/istio-fields.ts';
import { ISTIO_SHAPES } from '../../facts/generated/istio-shapes.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { fieldAt } from '../../untyped.ts';
import type { Path } from '../../vocabulary.ts';
import { perResource } from '../per-resource.ts';
import { validatePeerAuthentication, validateRequestAuthentication } from './authentication.ts';
import { validateAuthorizationPolicy } from './authorization-policy.ts';
import { validateDestinationRule } from './destination-rule.ts';
import { validateEnvoyFilter } from './envoy-filter.ts';
import { validateTrafficExtension, validateWasmPlugin } from './extensions.ts';
import { FieldView, type Severity } from './field-view.ts';
import { type ShapeProblem, shapeProblems } from './shape.ts';
import { validateGateway } from './gateway.ts';
import { validateProxyConfig } from './proxy-config.ts';
import { validateServiceEntry } from './service-entry.ts';
import { validateSidecar } from './sidecar.ts';
import { validateTelemetry } from './telemetry.ts';
import { validateVirtualService } from './virtual-service.ts';
import { validateWorkloadEntry } from './workload-entry.ts';
import { validateWorkloadGroup } from './workload-group.ts';

type Validator = (spec: FieldView, resource: Resource, body: FieldView) => void;

const VALIDATORS: Readonly<Record<string, Validator>> = {
  AuthorizationPolicy: validateAuthorizationPolicy,
  DestinationRule: validateDestinationRule,
  EnvoyFilter: validateEnvoyFilter,
  Gateway: validateGateway,
  PeerAuthentication: validatePeerAuthentication,
  ProxyConfig: validateProxyConfig,
  RequestAuthentication: validateRequestAuthentication,
  ServiceEntry: validateServiceEntry,
  Sidecar: validateSidecar,
  Telemetry: validateTelemetry,
  TrafficExtension: validateTrafficExtension,
  VirtualService: validateVirtualService,
  WasmPlugin: validateWasmPlugin,
  WorkloadEntry: validateWorkloadEntry,
  WorkloadGroup: validateWorkloadGroup,
};

/** The kinds that Istio validates beyond their shape. */
export const VALIDATED_KINDS: readonly string[] = Object.keys(VALIDATORS);

/** Something a resource says that Istio refuses or ignores. */
export interface Problem {
  readonly severity: Severity;
  readonly path: Path;
  /** Goes on after the field's name: `must be a port from 1 to 65535`. */
  readonly text: string;
  /** Whether a patch or a template in comments, such as ytt's, may still write what is missing here. */
  readonly mayBeFilled: boolean;
  /** Whether a release after those whose schemas are known may take it. */
  readonly mayBeNewer?: boolean;
}

/** What validation says of a resource of one of VALIDATED_KINDS. */
const problemsIn = perResource((resource): readonly Problem[] => {
  const problems: Problem[] = [];
  // A resource without spec in a repository is a stub that a patch fills in.
  let isStub = false;
  const body = new FieldView(resource.body, (severity, { path, value }, text) => {
    problems.push({ severity, path, text, mayBeFilled: isStub || value === null });
  });
  const spec = body.field('spec');
  isStub = !spec.isFilled;
  VALIDATORS[resource.kind]?.(spec, resource, body);
  const shape = shapeProblems(resource.body['spec'], ISTIO_SHAPES[resource.kind] ?? 'free', ['spec']);
  if (shape.length > 0) addTo(problems, shape, resource, isStub);
  return problems;
});

/** What the schema says of fields of which nothing has been said yet. */
function addTo(
  problems: Problem[],
  shape: readonly ShapeProblem[],
  { body }: Resource,
  isStub: boolean,
): void {
  const told = new Set(problems.map(({ path }) => pathText(path)));
  for (const problem of shape) {
    const { path } = problem;
    if (told.has(pathText(path))) continue;
    const mayBeFilled = isStub || fieldAt(body, ...path) === null;
    problems.push({ severity: 'error', mayBeFilled, ...problem });
  }
}

/** Whether what is unknown to the schemas here is unknown to every control plane in view, too. */
function knowsAll({ controlPlanes }: Mesh): boolean {
  return (
    controlPlanes.length > 0 &&
    controlPlanes.every(({ version }) => version !== undefined && version.minor <= FIELDS_UP_TO_MINOR)
  );
}

/** The problems of one severity in all validated resources of a mesh. */
export function problemsOf(mesh: Mesh, severity: Severity): (Problem & { readonly resource: Resource })[] {
  const certain = knowsAll(mesh);
  return VALIDATED_KINDS.flatMap((kind) =>
    mesh.resources(kind).flatMap((resource) => {
      const problems = problemsIn(resource);
      if (problems.length === 0) return problems as readonly [];
      return problems
        .filter((problem) => problem.severity === severity && (certain || problem.mayBeNewer !== true))
        .filter(({ mayBeFilled }) => mesh.world === 'closed' || !mayBeFilled)
        .map((problem) => ({ resource, ...problem }));
    }),
  );
}

/** A path as people write it: `spec.servers[0].port`. */
export function pathText(path: Path): string {
  return path
    .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `.${segment}`))
    .join('')
    .replace(/^\./, '');
}
