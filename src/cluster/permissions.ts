import { fieldAt, textAt } from '../untyped.ts';
import type { ApiServer } from './api-server.ts';

/** What an installer creates, as istioctl asks for it (istioctl/pkg/precheck/precheck.go, 1.13 and later). */
const CREATED: readonly { readonly group: string; readonly resource: string; readonly inSystem?: true }[] = [
  { group: '', resource: 'namespaces' },
  { group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
  { group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
  { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' },
  { group: 'rbac.authorization.k8s.io', resource: 'roles', inSystem: true },
  { group: '', resource: 'serviceaccounts', inSystem: true },
  { group: '', resource: 'services', inSystem: true },
  { group: 'apps', resource: 'deployments', inSystem: true },
  { group: '', resource: 'configmaps', inSystem: true },
  { group: 'admissionregistration.k8s.io', resource: 'mutatingwebhookconfigurations' },
  { group: 'admissionregistration.k8s.io', resource: 'validatingwebhookconfigurations' },
];

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** One answer, as `ClusterState` holds it. */
export interface PermissionEntry {
  readonly resource: string;
  readonly namespace: string;
  readonly allowed: boolean;
  readonly why: string;
}

export interface Permissions {
  readonly entries: readonly PermissionEntry[];
  /** Why some could not be asked. */
  readonly why?: string;
}

/** Asks what this account may create. The reviews are answered and stored nowhere. */
export async function permissionsToInstall(api: ApiServer, systemNamespace: string): Promise<Permissions> {
  const entries: PermissionEntry[] = [];
  for (const { group, resource, inSystem } of CREATED) {
    const namespace = inSystem ? systemNamespace : '';
    const answer = await api.post(REVIEWS, review(group, resource, namespace));
    if (!answer.ok) return { entries, why: answer.status === 403 ? 'the account may not ask' : answer.why };
    entries.push({
      resource: group === '' ? resource : `${resource}.${group}`,
      namespace,
      allowed: fieldAt(answer.body, 'status', 'allowed') === true,
      why: textAt(answer.body, 'status', 'reason'),
    });
  }
  return { entries };
}

function review(group: string, resource: string, namespace: string) {
  const resourceAttributes = { verb: 'create', group, resource, ...(namespace !== '' && { namespace }) };
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
}
