/** Small files, one object each, whose lines the table of changes names. */

export const SOURCE = {
  'source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: istio, namespace: istio-system }
spec: { url: https://istio-release.storage.googleapis.com/charts }
`,
};

/** The first value stands on the seventh line. */
function release(chart: string, name: string, version: string, values: string): string {
  const lines = values.split('\n').filter((line) => line !== '');
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: istio-system }
spec:
  chart: { spec: { chart: ${chart}, version: ${version}, sourceRef: { kind: HelmRepository, name: istio } } }
  values:
${lines.map((line) => `    ${line}\n`).join('')}`;
}

export const blue = (values: string, version = '1.28.6') => ({
  'blue.yaml': release('istiod', 'istiod-blue', version, `revision: blue\n${values}`),
});
export const green = (values: string) => ({
  'green.yaml': release('istiod', 'istiod-green', '1.29.2', `revision: green\n${values}`),
});
export const base = (revision: string) => ({
  'base.yaml': release('base', 'istio-base', '1.29.2', `defaultRevision: ${revision}`),
});
export const gatewayChart = (revision: string) => ({
  'gateway.yaml': release('gateway', 'public', '1.28.6', `revision: ${revision}`),
});

export const deployment = (labels: string, spec = '') => ({
  'cart.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata:
      labels: { app: cart${labels} }
    spec: { ${spec}containers: [ { name: main, image: app:1 } ] }
`,
});

/** A namespace with these labels, a workload and its Service. */
export const shop = (labels: string) => ({
  'shop.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { ${labels} }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [ { port: 80 } ] }
`,
  ...deployment(''),
});

export const tagWebhook = (revision: string) => ({
  'tag.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata:
  name: istio-revision-tag-prod
  labels: { istio.io/tag: prod, istio.io/rev: ${revision} }
webhooks: []
`,
});

export const tagService = (revision: string) => ({
  'service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: istiod-revision-tag-prod
  namespace: istio-system
  labels: { istio.io/tag: prod, istio.io/rev: ${revision}, app: istiod }
spec: { ports: [ { port: 15012 } ] }
`,
});

export const operator = (revision: string, tags: string) => ({
  [`${revision}.yaml`]: `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: istio-${revision}, namespace: istio-system }
spec:
  tag: 1.28.6
  revision: ${revision}
  values:
    revisionTags: ${tags}
`,
});

export const istio = (version: string, more = '') => ({
  'istio.yaml': `apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: default }
spec:
  version: ${version}
  namespace: istio-system
  updateStrategy: { type: RevisionBased }
${more}`,
});

export const revisionTag = (kind: string, name: string) => ({
  'tag.yaml': `apiVersion: sailoperator.io/v1
kind: IstioRevisionTag
metadata: { name: prod }
spec: { targetRef: { kind: ${kind}, name: ${name} } }
`,
});

export const managed = (revision: string) => ({
  'app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  destination: { server: https://kubernetes.default.svc, namespace: shop }
  source: { repoURL: https://git.example.com/x, path: shop, targetRevision: main }
  syncPolicy:
    managedNamespaceMetadata:
      labels: { istio.io/rev: ${revision} }
    syncOptions: [CreateNamespace=true]
`,
  ...deployment(''),
});

export const rendered = {
  'istiod.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { istio.io/rev: default } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [ { name: discovery, image: 'docker.io/istio/pilot:1.28.6' } ] }
`,
};

export const kustomization = (version: string) => ({
  'kustomization.yaml': `resources: [istiod.yaml]
images:
  - name: docker.io/istio/pilot
    newTag: ${version}
`,
});

export const meshConfig = (lines: string) => ({
  'config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |-
    rootNamespace: istio-system
${lines}`,
});

export const waypoint = (revision: string) => ({
  'waypoint.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: edge
  labels: { team: a }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
  namespace: edge
  labels: { istio.io/rev: ${revision} }
spec: { gatewayClassName: istio-waypoint, listeners: [] }
`,
});
