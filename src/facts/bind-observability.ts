import type { ProgramFact } from './bind-program.ts';

/** What stores and shows metrics, logs and traces. */
export const OBSERVABILITY_PROGRAMS: readonly ProgramFact[] = [
  {
    // web.external-url, cluster.advertise-address, cluster.peer and alertmanager.url are no addresses of its own.
    name: 'Prometheus, Alertmanager, exporters',
    commands: ['prometheus', 'alertmanager', 'pushgateway', 'node_exporter', 'blackbox_exporter'],
    images: ['node-exporter', 'blackbox-exporter'],
    anywhere: true,
    listeners: [
      { flags: ['web.listen-address'], variables: ['*_EXPORTER_WEB_LISTEN_ADDRESS'] },
      { flags: ['cluster.listen-address'], ports: [9094] },
      { flags: ['telemetry.listen-address', 'telemetry.addr'] },
    ],
  },
  {
    // domain and root_url are the public address.
    name: 'Grafana',
    commands: ['grafana', 'grafana-server'],
    anywhere: true,
    files: [{ names: ['grafana*.ini', 'grafana/*.ini', 'custom.ini'], format: 'ini' }],
    listeners: [
      {
        variables: ['GF_SERVER_HTTP_ADDR'],
        keys: ['server.http_addr'],
        portVariables: ['GF_SERVER_HTTP_PORT'],
        portKeys: ['server.http_port'],
        ports: [3000],
      },
    ],
  },
  {
    name: 'Grafana Alloy and Agent',
    commands: ['alloy', 'grafana-agent'],
    files: [{ names: ['*.alloy', '*.river'], format: 'directives' }],
    anywhere: true,
    listeners: [
      {
        flags: ['server.http.listen-addr', 'server.http.address'],
        ports: [12_345],
        unset: { binds: 'loopback', with: ['run'] },
      },
      { flags: ['server.grpc.address'], ports: [12_346] },
      // Of receivers in its own language; what it sends to stands in blocks named `client`.
      { keys: ['**.grpc.endpoint'], ports: [4317] },
      { keys: ['**.http.endpoint'], ports: [4318] },
      { keys: ['**.http.listen_address'], portKeys: ['**.http.listen_port'] },
    ],
  },
  {
    name: 'Loki, Mimir, Tempo, Cortex, Promtail',
    commands: ['loki', 'mimir', 'tempo', 'cortex', 'promtail'],
    anywhere: true,
    files: [
      {
        names: [
          'loki*.yaml',
          'mimir*.yaml',
          'tempo*.yaml',
          'cortex*.yaml',
          'promtail*.yaml',
          'loki/*.yaml',
          'mimir/*.yaml',
          'tempo/*.yaml',
          'loki*.yml',
          'promtail*.yml',
        ],
        format: 'yaml',
      },
    ],
    listeners: [
      {
        flags: ['server.http-listen-address'],
        keys: ['server.http_listen_address'],
        portFlags: ['server.http-listen-port'],
        portKeys: ['server.http_listen_port'],
        ports: [3100, 8080, 3200],
      },
      {
        flags: ['server.grpc-listen-address'],
        keys: ['server.grpc_listen_address'],
        portFlags: ['server.grpc-listen-port'],
        portKeys: ['server.grpc_listen_port'],
        ports: [9095],
      },
      { keys: ['distributor.receivers.*.protocols.grpc.endpoint'], ports: [4317] },
      { keys: ['distributor.receivers.*.protocols.http.endpoint'], ports: [4318] },
      { keys: ['distributor.receivers.*.protocols.*.endpoint'] },
    ],
  },
  {
    // --store, --endpoint and --query are targets.
    name: 'Thanos',
    commands: ['thanos'],
    listeners: [
      { flags: ['http-address'], ports: [10_902] },
      { flags: ['grpc-address'], ports: [10_901] },
      { flags: ['remote-write.address'], ports: [19_291] },
    ],
  },
  {
    // remoteWrite.url and datasource.url are targets.
    name: 'VictoriaMetrics',
    commands: [
      'victoria-metrics',
      'victoria-metrics-prod',
      'vmagent',
      'vmagent-prod',
      'vminsert',
      'vmselect',
      'vmstorage',
      'vmalert',
    ],
    anywhere: true,
    listeners: [
      { flags: ['http-listen-addr'], ports: [8428, 8429] },
      { flags: ['graphite-listen-addr'] },
      { flags: ['influx-listen-addr'] },
      { flags: ['opentsdb-listen-addr'] },
    ],
  },
];
