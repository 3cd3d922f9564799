/** A generated manifest, and the service it belongs to: what decides the file it is written to. */
export interface GeneratedManifest {
  readonly kind: string;
  readonly namespace: string;
  readonly service: string;
  readonly text: string;
}

const SERVICES_PER_NAMESPACE = 12;

/**
 * The first `count` manifests of an endless mesh: namespaces with injection, a gateway in each, and services with
 * workload, route, traffic policy, access policy and configuration. Every reference is to something generated before
 * or with it, so a review of an untouched tree has little to say. Deterministic.
 */
export function generateManifests(count: number): GeneratedManifest[] {
  const manifests: GeneratedManifest[] = [];
  for (let number = 0; manifests.length < count; number += 1) {
    const namespace = `team-${Math.floor(number / SERVICES_PER_NAMESPACE)}`;
    const service = `service-${number}`;
    if (number % SERVICES_PER_NAMESPACE === 0) manifests.push(...namespaceManifests(namespace));
    for (const [kind, template] of Object.entries(PER_SERVICE)) {
      manifests.push({ kind, namespace, service, text: template(service, namespace, number) });
    }
  }
  return manifests.slice(0, count);
}

function namespaceManifests(namespace: string): GeneratedManifest[] {
  const about = { namespace, service: 'namespace' };
  return [
    { ...about, kind: 'Namespace', text: namespaceText(namespace) },
    { ...about, kind: 'Gateway', text: gatewayText(namespace) },
  ];
}

type Template = (service: string, namespace: string, number: number) => string;

const PER_SERVICE: Readonly<Record<string, Template>> = {
  Deployment: deploymentText,
  Service: serviceText,
  VirtualService: virtualServiceText,
  DestinationRule: destinationRuleText,
  AuthorizationPolicy: authorizationPolicyText,
  ConfigMap: configMapText,
};

function namespaceText(namespace: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${namespace}
  labels:
    istio-injection: enabled
    team: ${namespace}
`;
}

function gatewayText(namespace: string): string {
  return `apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata:
  name: public
  namespace: ${namespace}
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 80
        name: http
        protocol: HTTP
      hosts:
        - '*.${namespace}.example.com'
`;
}

function deploymentText(service: string, namespace: string, number: number): string {
  return `# Owned by ${namespace}; change the image through the release pipeline.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
  namespace: ${namespace}
  labels:
    app: ${service}
spec:
  replicas: ${(number % 4) + 1}
  selector:
    matchLabels:
      app: ${service}
      version: v1
  template:
    metadata:
      labels:
        app: ${service}
        version: v1
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9102"
    spec:
      serviceAccountName: ${service}
      containers:
        - name: app
          image: registry.example.com/${namespace}/${service}:1.${number % 50}.0
          args: ["--port=8080", "--log-level=info"]
          ports:
            - containerPort: 8080
              name: http
            - containerPort: 9102
              name: metrics
          env:
            - name: LOG_FORMAT
              value: json
            - name: UPSTREAM
              value: http://service-${Math.max(number - 1, 0)}.${namespace}.svc.cluster.local:80
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 5
          volumeMounts:
            - name: config
              mountPath: /etc/app
      volumes:
        - name: config
          configMap:
            name: ${service}
`;
}

function serviceText(service: string, namespace: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${service}
  namespace: ${namespace}
spec:
  selector:
    app: ${service}
  ports:
    - name: http
      port: 80
      targetPort: http
    - name: http-metrics
      port: 9102
      targetPort: metrics
`;
}

function virtualServiceText(service: string, namespace: string, number: number): string {
  return `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata:
  name: ${service}
  namespace: ${namespace}
spec:
  hosts:
    - ${service}.${namespace}.example.com
  gateways:
    - public
  http:
    - name: versioned
      match:
        - uri:
            prefix: /api/v${number % 3}
      timeout: 10s
      retries:
        attempts: 3
        perTryTimeout: 2s
      route:
        - destination:
            host: ${service}
            subset: v1
            port:
              number: 80
          weight: 100
    - route:
        - destination:
            host: ${service}.${namespace}.svc.cluster.local
            port:
              number: 80
`;
}

function destinationRuleText(service: string, namespace: string): string {
  return `apiVersion: networking.istio.io/v1beta1
kind: DestinationRule
metadata:
  name: ${service}
  namespace: ${namespace}
spec:
  host: ${service}
  trafficPolicy:
    connectionPool:
      tcp:
        maxConnections: 100
    outlierDetection:
      consecutive5xxErrors: 5
      interval: 30s
  subsets:
    - name: v1
      labels:
        version: v1
`;
}

function authorizationPolicyText(service: string, namespace: string): string {
  return `apiVersion: security.istio.io/v1beta1
kind: AuthorizationPolicy
metadata:
  name: ${service}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${service}
  action: ALLOW
  rules:
    - from:
        - source:
            namespaces: ["${namespace}"]
      to:
        - operation:
            methods: ["GET", "POST"]
            paths: ["/api/*"]
`;
}

function configMapText(service: string, namespace: string, number: number): string {
  const lines = Array.from({ length: 12 }, (_, i) => `    feature.${i}.enabled = ${(number + i) % 2 === 0}`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${service}
  namespace: ${namespace}
data:
  region: eu-west-1
  cache-size: "${number % 100}"
  application.properties: |
${lines.join('\n')}
`;
}
