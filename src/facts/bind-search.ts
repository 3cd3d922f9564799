import type { ProgramFact } from './bind-program.ts';

/** Search engines, time series, object stores and data grids. */
export const SEARCH_AND_STORAGE: readonly ProgramFact[] = [
  {
    // _local_ without a setting; the image says 0.0.0.0. publish_host is what others are told, _site_ and _eth0_ the pod's address.
    name: 'Elasticsearch and OpenSearch',
    commands: ['elasticsearch', 'opensearch'],
    anywhere: true,
    files: [
      {
        names: ['elasticsearch*.yml', 'elasticsearch*.yaml', 'opensearch.yml', 'opensearch*.yaml'],
        format: 'yaml',
      },
    ],
    listeners: [
      {
        flags: ['http.host', 'http.bind-host', 'network.host', 'network.bind-host'],
        variables: ['http.host', 'http.bind_host'],
        keys: ['http.host', 'http.bind_host', 'http.host.*', 'http.bind_host.*'],
        portVariables: ['http.port'],
        portKeys: ['http.port'],
        ports: [9200],
      },
      {
        variables: ['transport.host', 'transport.bind_host'],
        keys: ['transport.host', 'transport.bind_host'],
        portVariables: ['transport.port'],
        portKeys: ['transport.port'],
        ports: [9300],
      },
      {
        variables: ['network.host', 'network.bind_host'],
        keys: ['network.host', 'network.bind_host', 'network.host.*', 'network.bind_host.*'],
        portVariables: ['http.port'],
        portKeys: ['http.port'],
        ports: [9200],
      },
      {
        variables: ['network.host', 'network.bind_host'],
        keys: ['network.host', 'network.bind_host', 'network.host.*', 'network.bind_host.*'],
        portVariables: ['transport.port'],
        portKeys: ['transport.port'],
        ports: [9300],
      },
    ],
  },
  {
    // The interface for monitoring; inputs listen where their own `host` says.
    name: 'Logstash',
    commands: ['logstash'],
    files: [
      { names: ['logstash.yml', 'logstash*.yaml'], format: 'yaml' },
      { names: ['pipeline/*.conf', 'logstash*.conf'], format: 'directives' },
    ],
    listeners: [
      {
        flags: ['api.http.host', 'http.host'],
        keys: ['api.http.host', 'http.host'],
        portKeys: ['api.http.port', 'http.port'],
        ports: [9600],
        unset: { binds: 'loopback', withFile: true },
      },
      {
        keys: ['**.input.http.host', '**.input.tcp.host', '**.input.beats.host'],
        portKeys: ['**.input.http.port', '**.input.tcp.port', '**.input.beats.port'],
      },
    ],
  },
  {
    name: 'Elastic APM Server',
    commands: ['apm-server'],
    files: [{ names: ['apm-server*.yml', 'apm-server*.yaml'], format: 'yaml' }],
    listeners: [{ keys: ['apm-server.host'], ports: [8200], unset: { binds: 'loopback', withFile: true } }],
  },
  {
    // SOLR_HOST is what others are told, ZK_HOST a target.
    name: 'Apache Solr',
    commands: ['solr', 'solr-foreground'],
    anywhere: true,
    listeners: [
      {
        flags: ['solr.jetty.host'],
        variables: ['SOLR_JETTY_HOST'],
        portFlags: ['p'],
        portVariables: ['SOLR_PORT'],
        ports: [8983],
      },
    ],
  },
  {
    name: 'Meilisearch',
    commands: ['meilisearch'],
    anywhere: true,
    files: [{ names: ['meilisearch*.toml'], format: 'ini' }],
    listeners: [{ flags: ['http-addr'], variables: ['MEILI_HTTP_ADDR'], keys: ['http_addr'], ports: [7700] }],
  },
  {
    name: 'Typesense',
    commands: ['typesense-server', 'typesense'],
    anywhere: true,
    listeners: [
      {
        flags: ['api-address'],
        variables: ['TYPESENSE_API_ADDRESS'],
        portFlags: ['api-port'],
        portVariables: ['TYPESENSE_API_PORT'],
        ports: [8108],
      },
    ],
  },
  {
    name: 'Qdrant',
    commands: ['qdrant'],
    anywhere: true,
    files: [{ names: ['qdrant*/*.yaml', 'qdrant*.yaml'], format: 'yaml' }],
    listeners: [
      {
        variables: ['QDRANT__SERVICE__HOST'],
        keys: ['service.host'],
        portVariables: ['QDRANT__SERVICE__HTTP_PORT'],
        portKeys: ['service.http_port'],
        ports: [6333],
      },
      {
        variables: ['QDRANT__SERVICE__HOST'],
        keys: ['service.host'],
        portVariables: ['QDRANT__SERVICE__GRPC_PORT'],
        portKeys: ['service.grpc_port'],
        ports: [6334],
      },
    ],
  },
  {
    // The top-level bind-address of 1.x is for backups.
    name: 'InfluxDB',
    commands: ['influxd', 'influxdb'],
    anywhere: true,
    files: [
      { names: ['influxdb*.conf', 'influx*.toml'], format: 'ini' },
      { names: ['influx*.yml', 'influx*.yaml'], format: 'yaml' },
    ],
    listeners: [
      {
        flags: ['http-bind-address'],
        variables: ['INFLUXD_HTTP_BIND_ADDRESS', 'INFLUXDB_HTTP_BIND_ADDRESS'],
        keys: ['http.bind-address', 'http-bind-address'],
        ports: [8086],
      },
      { keys: ['bind-address'], ports: [8088] },
    ],
  },
  {
    // MINIO_SERVER_URL and endpoints are targets.
    name: 'MinIO',
    commands: ['minio'],
    anywhere: true,
    listeners: [
      { flags: ['address'], variables: ['MINIO_ADDRESS'], ports: [9000] },
      { flags: ['console-address'], variables: ['MINIO_CONSOLE_ADDRESS'], ports: [9001] },
    ],
  },
  {
    name: 'Infinispan and Data Grid',
    commands: ['infinispan', 'server.sh'],
    images: ['infinispan-server', 'datagrid'],
    listeners: [
      {
        flags: ['b', 'bind-address', 'infinispan.bind.address'],
        portFlags: ['p', 'bind-port'],
        ports: [11_222],
      },
    ],
  },
  {
    // ldapi:/// is a socket file; ldap:/// every address.
    name: 'OpenLDAP',
    commands: ['slapd'],
    listeners: [{ flags: ['h'], ports: [389, 636] }],
  },
  {
    name: 'Docker registry',
    commands: ['registry'],
    images: ['distribution'],
    anywhere: true,
    files: [{ names: ['registry/config.yml', 'distribution/config.yml', 'registry*.yml'], format: 'yaml' }],
    listeners: [
      { variables: ['REGISTRY_HTTP_ADDR'], keys: ['http.addr'], ports: [5000] },
      { variables: ['REGISTRY_HTTP_DEBUG_ADDR'], keys: ['http.debug.addr'], ports: [5001] },
    ],
  },
];
