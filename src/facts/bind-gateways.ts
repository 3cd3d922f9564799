import type { ProgramFact } from './bind-program.ts';

/** API gateways, authentication and database proxies, and other programs that stand in front of one. */
export const GATEWAY_PROGRAMS: readonly ProgramFact[] = [
  {
    // The administration interface is 127.0.0.1:8001 and :8444 by default. KONG_PG_HOST and the *_URI are targets.
    name: 'Kong',
    commands: ['kong', 'kong-gateway'],
    anywhere: true,
    files: [{ names: ['kong*.conf'], format: 'properties' }],
    listeners: [
      { variables: ['KONG_PROXY_LISTEN'], keys: ['proxy_listen'], take: 'heads' },
      {
        variables: ['KONG_ADMIN_LISTEN'],
        keys: ['admin_listen'],
        take: 'heads',
        ports: [8001, 8444],
        unset: { binds: 'loopback' },
      },
      { variables: ['KONG_STATUS_LISTEN'], keys: ['status_listen'], take: 'heads' },
      { variables: ['KONG_STREAM_LISTEN'], keys: ['stream_listen'], take: 'heads' },
      { variables: ['KONG_ADMIN_GUI_LISTEN'], keys: ['admin_gui_listen'], take: 'heads' },
      { variables: ['KONG_CLUSTER_LISTEN'], keys: ['cluster_listen'], take: 'heads' },
    ],
  },
  {
    // The metrics exporter and the control interface are on 127.0.0.1 by default, the rest everywhere.
    name: 'Apache APISIX',
    commands: ['apisix'],
    files: [{ names: ['apisix/conf/*.yaml', 'apisix*.yaml'], format: 'yaml' }],
    listeners: [
      { keys: ['apisix.node_listen.*.ip'], portKeys: ['apisix.node_listen.*.port'], ports: [9080] },
      {
        keys: ['deployment.admin.admin_listen.ip'],
        portKeys: ['deployment.admin.admin_listen.port'],
        ports: [9180],
      },
      {
        keys: ['plugin_attr.prometheus.export_addr.ip'],
        portKeys: ['plugin_attr.prometheus.export_addr.port'],
        ports: [9091],
      },
      { keys: ['apisix.control.ip'], portKeys: ['apisix.control.port'], ports: [9090] },
    ],
  },
  {
    name: 'Tyk',
    commands: ['tyk', 'tyk-gateway'],
    anywhere: true,
    files: [{ names: ['tyk*.conf', 'tyk*.json'], format: 'yaml' }],
    listeners: [
      {
        variables: ['TYK_GW_LISTENADDRESS'],
        keys: ['listen_address'],
        portVariables: ['TYK_GW_LISTENPORT'],
        portKeys: ['listen_port'],
        ports: [8080],
      },
    ],
  },
  {
    name: 'KrakenD',
    commands: ['krakend'],
    files: [{ names: ['krakend*.json'], format: 'yaml' }],
    listeners: [{ keys: ['listen_ip'], portKeys: ['port'], portFlags: ['p', 'port'], ports: [8080] }],
  },
  {
    // 127.0.0.1:4180 unless told. --upstream and the *-url are targets.
    name: 'oauth2-proxy',
    commands: ['oauth2-proxy', 'oauth2_proxy'],
    anywhere: true,
    files: [
      { names: ['oauth2*proxy*.cfg', 'oauth2*proxy*.conf', 'oauth2*proxy*.toml'], format: 'ini' },
      { names: ['oauth2*proxy*.yaml', 'oauth2*proxy*.yml'], format: 'yaml' },
    ],
    listeners: [
      {
        flags: ['http-address'],
        variables: ['OAUTH2_PROXY_HTTP_ADDRESS'],
        keys: ['http_address', 'server.bindAddress', 'server.BindAddress'],
        ports: [4180],
        unset: { binds: 'loopback', unlessVariables: ['OAUTH2_PROXY_CONFIG', 'OAUTH2_PROXY_ALPHA_CONFIG'] },
      },
      {
        flags: ['https-address'],
        variables: ['OAUTH2_PROXY_HTTPS_ADDRESS'],
        keys: ['https_address'],
        ports: [443],
      },
      { flags: ['metrics-address'], variables: ['OAUTH2_PROXY_METRICS_ADDRESS'], keys: ['metrics_address'] },
      { flags: ['metrics-secure-address'] },
    ],
  },
  {
    // From 1.0 on `run --server` is on localhost:8181, before everywhere.
    name: 'Open Policy Agent',
    commands: ['opa'],
    images: ['opa-envoy'],
    listeners: [
      {
        flags: ['a', 'addr'],
        ports: [8181],
        unset: { binds: 'loopback', since: '1.0.0', with: ['--server', '-s'] },
      },
      { flags: ['diagnostic-addr'] },
    ],
  },
  {
    // Their own samples listen everywhere but for Dex's gRPC.
    name: 'Dex',
    commands: ['dex'],
    files: [{ names: ['dex*.yaml', 'dex/*.yaml', 'config.docker.yaml'], format: 'yaml' }],
    listeners: [
      { flags: ['web-http-addr'], keys: ['web.http'] },
      { flags: ['web-https-addr'], keys: ['web.https'] },
      { flags: ['telemetry-addr'], keys: ['telemetry.http'] },
      { flags: ['grpc-addr'], keys: ['grpc.addr'] },
    ],
  },
  {
    name: 'Ory servers',
    commands: ['hydra', 'kratos', 'keto', 'oathkeeper'],
    anywhere: true,
    files: [{ names: ['hydra*.y*ml', 'kratos*.y*ml', 'keto*.y*ml', 'oathkeeper*.y*ml'], format: 'yaml' }],
    listeners: [
      {
        variables: ['SERVE_PUBLIC_HOST'],
        keys: ['serve.public.host'],
        portVariables: ['SERVE_PUBLIC_PORT'],
        portKeys: ['serve.public.port'],
        ports: [4444, 4433],
      },
      {
        variables: ['SERVE_ADMIN_HOST'],
        keys: ['serve.admin.host'],
        portVariables: ['SERVE_ADMIN_PORT'],
        portKeys: ['serve.admin.port'],
        ports: [4445, 4434],
      },
      { keys: ['serve.*.host'], portKeys: ['serve.*.port'] },
    ],
  },
];
