import type { Hazard } from './hazard.ts';
import { CONTAINERS, POD_SELECTORS, metrics } from './shared-signals.ts';
import {
  annotation,
  envWayBack,
  hint,
  is,
  like,
  meshConfig,
  object,
  pod,
  present,
  proxyConfig,
  unless,
  value,
} from './signals.ts';

const NOTES = 'istio.io content/en/news/releases/1.5.x/announcing-1.5';

/** The Services and Deployments that istiod replaced. */
const OLD_PARTS = /^istio-(?:pilot|citadel|galley|sidecar-injector)(?:\.|$)/;

/** Where Prometheus mounts a certificate that Citadel wrote. */
const CITADEL_FILES = /^\/etc\/(?:istio-)?certs\//;

const NAMED_OLD_PARTS = /\bistio-(?:pilot|citadel|galley|sidecar-injector)\b/;

export const HAZARDS_1_5: readonly Hazard[] = [
  {
    id: 'citadel-secrets-gone',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'removal',
    impact: 'security',
    severity: 'high',
    detectability: 'exact',
    breaks: true,
    title: 'Certificates are not written to Secrets named istio.* any more',
    what: 'Workloads get theirs from the agent in the pod; a volume that mounts such a Secret keeps new pods from starting.',
    advice:
      'Read the files that the agent writes with OUTPUT_CERTS, or have another issuer write the Secret.',
    signals: [
      pod({
        each: ['volumes[].secret.secretName', 'volumes[].projected.sources[].secret.name'],
        where: { '': like(/^istio\./) },
        pods: 'any',
      }),
      object('Prometheus.monitoring.coreos.com', { each: 'spec.secrets[]', where: { '': like(/^istio\./) } }),
      object(['ServiceMonitor.monitoring.coreos.com', 'PodMonitor.monitoring.coreos.com'], {
        each: ['spec.endpoints[].tlsConfig', 'spec.podMetricsEndpoints[].tlsConfig'],
        where: { '*': like(CITADEL_FILES) },
      }),
      object('ConfigMap', {
        each: 'data.*',
        where: { '': like(/\b(?:ca|cert|key)_file:\s*["']?\/etc\/(?:istio-)?certs\//) },
      }),
    ],
    sources: [`${NOTES}/upgrade-notes`],
  },
  {
    id: 'istiocontrolplane-api-replaced',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'removal',
    impact: 'install',
    severity: 'high',
    detectability: 'exact',
    breaks: true,
    title: 'IstioControlPlane gave way to IstioOperator',
    what: 'istioctl does not read install.istio.io/v1alpha2 any more; the new kind has another layout.',
    advice: 'Convert the file with istioctl manifest migrate of 1.5.',
    signals: [object('IstioControlPlane')],
    sources: [`${NOTES}/change-notes`],
  },
  {
    id: 'istiod-consolidation',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'behaviour-change',
    impact: 'install',
    severity: 'high',
    detectability: 'exact',
    title: 'The control plane is one program, istiod',
    what: 'istio-pilot, istio-citadel, istio-galley and istio-sidecar-injector are not what proxies talk to any more: they call istiod on port 15012.',
    advice:
      'Point selectors, alerts and network policies at istiod (app: istiod; ports 15010, 15012, 15014, 15017) first.',
    signals: [
      object(['HorizontalPodAutoscaler'], { where: { 'spec.scaleTargetRef.name': like(OLD_PARTS) } }),
      object('DestinationRule', { where: { 'spec.host': like(OLD_PARTS) } }),
      object(['ServiceMonitor.monitoring.coreos.com', 'PodDisruptionBudget'], {
        where: {
          'spec.selector.matchLabels.*': like(/^(?:istio-)?(?:pilot|citadel|galley|sidecar-injector)$/),
        },
      }),
      object('NetworkPolicy.networking.k8s.io', {
        each: POD_SELECTORS.map((place) => `${place}.matchLabels.istio`),
        where: { '': like(/^(?:pilot|citadel|galley|sidecar-injector)$/) },
      }),
      unless(
        object('NetworkPolicy.networking.k8s.io', {
          each: ['spec.egress[]', 'spec.ingress[]'],
          where: { 'ports[].port': is(15011) },
        }),
        object('NetworkPolicy.networking.k8s.io', {
          each: ['spec.egress[]', 'spec.ingress[]'],
          where: { 'ports[].port': is(15012) },
        }),
        'object',
      ),
      ...metrics(NAMED_OLD_PARTS),
      object(['VirtualService', 'ServiceEntry'], {
        each: ['spec.hosts[]', 'spec.http[].route[].destination.host', 'spec.tcp[].route[].destination.host'],
        where: { '': like(OLD_PARTS) },
      }),
      pod({ each: CONTAINERS, where: { 'args[]': like(NAMED_OLD_PARTS) } }),
      pod({ each: CONTAINERS, where: { 'env[].value': like(NAMED_OLD_PARTS) } }),
      proxyConfig('discoveryAddress', like(/istio-pilot[.:]|:1501[01]$/)),
    ],
    sources: [`${NOTES}/upgrade-notes`],
  },
  {
    id: 'mixer-off-by-default',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'default-change',
    impact: 'security',
    severity: 'high',
    detectability: 'exact',
    title: 'Mixer is off by default',
    what: 'Policy checks, adapters and metrics that only Mixer makes stop; other metrics come from the proxies.',
    advice:
      'Switch it on for this step (telemetry.v1.enabled), or move to Wasm, external authorization and access log services: Mixer is gone in 1.8.',
    toldBy: 'mixer-removed',
    signals: [
      object([
        'rule.config.istio.io',
        'handler.config.istio.io',
        'instance.config.istio.io',
        'template.config.istio.io',
        'adapter.config.istio.io',
        'attributemanifest.config.istio.io',
        'QuotaSpec.config.istio.io',
        'QuotaSpecBinding.config.istio.io',
        'HTTPAPISpec.config.istio.io',
        'HTTPAPISpecBinding.config.istio.io',
      ]),
      value(['mixer.policy.enabled', 'mixer.telemetry.enabled'], is(true)),
      meshConfig('disablePolicyChecks', is(false)),
    ],
    wayBack: [
      {
        setting: value('telemetry.v1.enabled', is(true)),
        says: 'the value telemetry.v1.enabled: true',
        since: '1.5',
        until: '1.8',
      },
    ],
    sources: [`${NOTES}/upgrade-notes`],
  },
  {
    id: 'vs-legacy-header-fields',
    version: '1.5',
    from: ['1.5.0'],
    part: 'base',
    kind: 'removal',
    impact: 'traffic',
    severity: 'high',
    detectability: 'exact',
    breaks: true,
    title: 'Old fields of VirtualServices for headers and faults are gone',
    what: 'appendHeaders, removeRequestHeaders and their like, websocketUpgrade, fault.abort.percent and sourceSubnet left the API: the server drops them without a word.',
    advice: 'Use headers.request and headers.response with set, add and remove, and fault.abort.percentage.',
    signals: [
      object('VirtualService', {
        each: [
          'appendHeaders',
          'appendRequestHeaders',
          'appendResponseHeaders',
          'removeRequestHeaders',
          'removeResponseHeaders',
        ].flatMap((name) => [`spec.http[].${name}`, `spec.http[].route[].${name}`]),
      }),
      object('VirtualService', {
        each: [
          'spec.http[].websocketUpgrade',
          'spec.http[].fault.abort.percent',
          'spec.tls[].match[].sourceSubnet',
        ],
      }),
    ],
    sources: ['istio/api networking/v1alpha3/virtual_service.proto@release-1.5'],
  },
  {
    id: 'auto-mtls-on-by-default',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'default-change',
    impact: 'security',
    severity: 'medium',
    detectability: 'heuristic',
    title: 'Clients use mTLS by themselves',
    what: 'They speak it to every endpoint with a sidecar, without a DestinationRule; one that was written to switch it on or off may contradict.',
    advice: 'Check DISABLE, and drop ISTIO_MUTUAL where it says nothing new.',
    signals: [
      hint(
        object('DestinationRule', {
          each: 'spec.trafficPolicy',
          where: { 'tls.mode': is('DISABLE', 'ISTIO_MUTUAL') },
        }),
      ),
    ],
    sparedBy: [meshConfig('enableAutoMtls', is(false)), value('global.mtls.auto', is(false))],
    sources: [`${NOTES}/change-notes`],
  },
  {
    id: 'inbound-protocol-sniffing',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'default-change',
    impact: 'traffic',
    severity: 'medium',
    detectability: 'heuristic',
    title: 'Sidecars guess the protocol of unnamed ports',
    what: 'A protocol in which the server speaks first can stall on a port whose name says nothing.',
    advice: 'Name the ports (tcp-db, mysql-db), or set appProtocol.',
    signals: [
      hint(
        object('Service', {
          each: 'spec.ports[]',
          where: {
            port: is(21, 22, 25, 587, 3306, 5432, 6379, 9042, 27017),
            name: { test: 'unlike', pattern: /^(?:tcp|tls|https|mongo|mysql|redis|udp)(?:-|$)/ },
            appProtocol: { test: 'absent' },
          },
        }),
      ),
    ],
    wayBack: [envWayBack('istiod', 'PILOT_ENABLE_PROTOCOL_SNIFFING_FOR_INBOUND', 'false', '1.4', '1.19')],
    sources: ['pilot/pkg/features/pilot.go@1.5.0'],
  },
  {
    id: 'sds-nodeagent-removed',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'removal',
    impact: 'install',
    severity: 'medium',
    detectability: 'exact',
    title: 'The node agent for certificates is gone',
    what: 'The agent in each pod does its work; settings for the DaemonSet have no effect.',
    advice: 'Delete the values and the fields; the fields leave the API in 1.8.',
    signals: [
      value(['nodeagent.*', 'global.sds.enabled', 'global.sds.udsPath']),
      meshConfig(['sdsUdsPath', 'enableSdsTokenMount', 'sdsUseK8sSaJwt', 'sdsRefreshDelay']),
      object('DaemonSet', { where: { 'metadata.name': is('istio-nodeagent') } }),
    ],
    sources: [`${NOTES}/upgrade-notes`, 'istio/api mesh/v1alpha1/config.proto@release-1.8'],
  },
  {
    id: 'controlplane-security-flag',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'behaviour-change',
    impact: 'security',
    severity: 'low',
    detectability: 'exact',
    title: 'controlPlaneSecurityEnabled decides nothing any more',
    what: 'Proxies always talk to the control plane over TLS on port 15012.',
    advice: 'Remove the setting: the value ends with 1.8.',
    signals: [
      value('global.controlPlaneSecurityEnabled'),
      proxyConfig('controlPlaneAuthPolicy'),
      annotation('sidecar.istio.io/controlPlaneAuthPolicy', present, 'pods'),
    ],
    sources: [`${NOTES}/upgrade-notes`, 'operator/pkg/apis/istio/v1alpha1/values_types.proto@1.8.0'],
  },
  {
    id: 'galley-mcp-off',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'default-change',
    impact: 'install',
    severity: 'low',
    detectability: 'exact',
    title: 'Galley does not serve configuration by MCP',
    what: 'istiod reads it from the API server; whoever else took it from Galley gets none.',
    advice: 'Drop MCP, or deploy the old component for one release; it ends with 1.9.',
    signals: [
      value(['galley.enabled', 'global.useMCP', 'pilot.useMCP'], is(true)),
      meshConfig('configSources[].address'),
    ],
    sources: [`${NOTES}/upgrade-notes`],
  },
  {
    id: 'vs-deprecated-mirror-percent',
    version: '1.5',
    from: ['1.5.0'],
    kind: 'deprecation',
    impact: 'api',
    severity: 'low',
    detectability: 'exact',
    title: 'mirrorPercent and corsPolicy.allowOrigin are deprecated',
    what: 'mirrorPercentage.value and allowOrigins take their place.',
    advice: 'Write mirrorPercentage: value: N and allowOrigins: [exact: ...].',
    signals: [
      object('VirtualService', { each: ['spec.http[].mirrorPercent', 'spec.http[].corsPolicy.allowOrigin'] }),
    ],
    sources: ['istio/api networking/v1alpha3/virtual_service.proto@release-1.5'],
  },
];
