import type { ProgramFact } from './bind-program.ts';

/** What collects logs, metrics and traces and passes them on. */
export const COLLECTORS: readonly ProgramFact[] = [
  {
    // From 0.104.0 on a receiver without an endpoint is on localhost; before everywhere. exporters are targets.
    name: 'OpenTelemetry Collector',
    commands: ['otelcol', 'otelcol-contrib', 'otelcol-k8s'],
    images: [
      'opentelemetry-collector',
      'opentelemetry-collector-contrib',
      'opentelemetry-collector-k8s',
      'otel-collector',
      'otel-agent',
      'jaeger',
    ],
    files: [
      {
        names: ['otel*.yaml', 'otel*.yml', 'otelcol*/*.yaml', 'relay.yaml', 'collector*.yaml'],
        format: 'yaml',
      },
    ],
    listeners: [
      {
        keys: ['receivers.*.protocols.grpc.endpoint', 'receivers.*.protocols.grpc'],
        ports: [4317],
        empty: { binds: 'loopback', since: '0.104.0' },
      },
      {
        keys: ['receivers.*.protocols.http.endpoint', 'receivers.*.protocols.http'],
        ports: [4318],
        empty: { binds: 'loopback', since: '0.104.0' },
      },
      { keys: ['receivers.*.protocols.*.endpoint'] },
      { keys: ['receivers.*.endpoint'] },
      { keys: ['extensions.*.endpoint', 'extensions.*.*.endpoint'] },
      { keys: ['service.telemetry.metrics.address'], ports: [8888] },
      {
        keys: ['service.telemetry.metrics.readers.*.pull.exporter.prometheus.host'],
        portKeys: ['service.telemetry.metrics.readers.*.pull.exporter.prometheus.port'],
        ports: [8888],
      },
      { keys: ['exporters.prometheus.endpoint'] },
    ],
  },
  {
    // reporter.grpc.host-port is a target.
    name: 'Jaeger',
    commands: [
      'jaeger-query',
      'jaeger-collector',
      'jaeger-agent',
      'jaeger-all-in-one',
      'all-in-one',
      'jaeger-ingester',
    ],
    anywhere: true,
    listeners: [
      { flags: ['query.http-server.host-port'], variables: ['QUERY_HTTP_SERVER_HOST_PORT'], ports: [16_686] },
      { flags: ['query.grpc-server.host-port'], ports: [16_685] },
      {
        flags: ['collector.http-server.host-port'],
        variables: ['COLLECTOR_HTTP_SERVER_HOST_PORT'],
        ports: [14_268],
      },
      {
        flags: ['collector.grpc-server.host-port'],
        variables: ['COLLECTOR_GRPC_SERVER_HOST_PORT'],
        ports: [14_250],
      },
      { flags: ['admin.http.host-port'], variables: ['ADMIN_HTTP_HOST_PORT'], ports: [14_269] },
      {
        flags: ['collector.otlp.grpc.host-port'],
        variables: ['COLLECTOR_OTLP_GRPC_HOST_PORT'],
        ports: [4317],
      },
      {
        flags: ['collector.otlp.http.host-port'],
        variables: ['COLLECTOR_OTLP_HTTP_HOST_PORT'],
        ports: [4318],
      },
      { flags: ['collector.zipkin.host-port'], variables: ['COLLECTOR_ZIPKIN_HOST_PORT'], ports: [9411] },
    ],
  },
  {
    // The Host of an output and a server's host are targets.
    name: 'Fluent Bit',
    commands: ['fluent-bit'],
    files: [
      { names: ['fluent-bit*.conf', 'fluent-bit/*.conf'], format: 'directives' },
      { names: ['fluent-bit*.yaml', 'fluent-bit/*.yaml'], format: 'yaml' },
    ],
    listeners: [
      {
        keys: ['**.HTTP_Listen', '**.http_listen', 'service.http_listen'],
        portKeys: ['**.HTTP_Port', '**.http_port', 'service.http_port'],
        ports: [2020],
      },
      {
        keys: ['INPUT.Listen', 'INPUT.listen', 'pipeline.inputs.*.listen'],
        portKeys: ['INPUT.Port', 'INPUT.port', 'pipeline.inputs.*.port'],
        ports: [24_224],
      },
    ],
  },
  {
    name: 'Fluentd',
    commands: ['fluentd', 'td-agent'],
    files: [{ names: ['fluent*.conf', 'fluentd/*.conf', 'td-agent.conf'], format: 'directives' }],
    listeners: [{ keys: ['bind'], portKeys: ['port'], ports: [24_224] }],
  },
  {
    // sinks are targets. The interface for its own state is 127.0.0.1:8686 by default.
    name: 'Vector',
    commands: ['vector'],
    files: [
      { names: ['vector*.yaml', 'vector*.yml', 'vector/*.yaml', 'vector*.json'], format: 'yaml' },
      { names: ['vector*.toml', 'vector/*.toml'], format: 'ini' },
    ],
    listeners: [
      { keys: ['api.address'], ports: [8686] },
      { keys: ['sources.*.address'] },
      { keys: ['sinks.prometheus*.address'] },
    ],
  },
  {
    // urls are targets.
    name: 'Telegraf',
    commands: ['telegraf'],
    files: [{ names: ['telegraf*.conf', 'telegraf/*.conf', 'telegraf.d/*.conf'], format: 'ini' }],
    listeners: [
      { keys: ['inputs.*.service_address', 'outputs.prometheus_client.listen', 'inputs.*.listen'] },
    ],
  },
  {
    name: 'Zipkin',
    commands: ['zipkin'],
    listeners: [{ variables: ['QUERY_ADDRESS'], portVariables: ['QUERY_PORT'], ports: [9411] }],
  },
];
