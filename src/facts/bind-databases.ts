import type { ProgramFact } from './bind-program.ts';

/** Document, column and graph databases, and caches. */
export const DATABASES: readonly ProgramFact[] = [
  {
    // Without a bind line it listens everywhere. A `-` in front marks an address that may be missing. replicaof is a target.
    name: 'Redis, Valkey, KeyDB',
    commands: ['redis-server', 'valkey-server', 'keydb-server', 'redis-sentinel', 'valkey-sentinel'],
    images: ['redis', 'valkey', 'keydb', 'redis-stack-server', 'redis-cluster'],
    files: [
      {
        names: [
          'redis*.conf',
          'valkey*.conf',
          'keydb*.conf',
          'sentinel*.conf',
          'master.conf',
          'replica.conf',
        ],
        format: 'directives',
      },
    ],
    listeners: [
      {
        flags: ['bind'],
        spread: true,
        keys: ['bind'],
        portFlags: ['port'],
        portKeys: ['port'],
        ports: [6379, 26_379],
      },
    ],
  },
  {
    name: 'Dragonfly',
    commands: ['dragonfly'],
    listeners: [
      { flags: ['bind'], portFlags: ['port'], ports: [6379] },
      { flags: ['admin-bind'], portFlags: ['admin-port'] },
    ],
  },
  {
    name: 'memcached',
    commands: ['memcached'],
    files: [{ names: ['memcached.conf'], format: 'directives' }],
    listeners: [
      { flags: ['l', 'listen'], keys: ['-l'], portFlags: ['p', 'port'], portKeys: ['-p'], ports: [11_211] },
    ],
  },
  {
    // localhost without a setting; the image's entrypoint adds --bind_ip_all.
    name: 'MongoDB',
    commands: ['mongod', 'mongos'],
    images: ['mongo', 'mongodb', 'mongodb-community-server'],
    files: [
      {
        names: ['mongod*.conf', 'mongo*.conf', 'mongod*.yaml', 'mongos*.conf', 'mongo*.yml'],
        format: 'yaml',
      },
    ],
    listeners: [
      {
        flags: ['bind-ip'],
        keys: ['net.bindIp'],
        opens: { flags: ['bind-ip-all'], keys: ['net.bindIpAll'] },
        portFlags: ['port'],
        portKeys: ['net.port'],
        ports: [27_017],
      },
    ],
  },
  {
    // Both addresses are localhost in the stock file; the image writes its own. broadcast_* and seeds are what others are told.
    name: 'Cassandra and ScyllaDB',
    commands: ['cassandra', 'scylla'],
    anywhere: true,
    files: [{ names: ['cassandra*.yaml', 'scylla*.yaml'], format: 'yaml' }],
    listeners: [
      {
        flags: ['rpc-address'],
        variables: ['CASSANDRA_RPC_ADDRESS'],
        keys: ['rpc_address', 'native_transport_address'],
        portKeys: ['native_transport_port'],
        ports: [9042],
      },
      {
        flags: ['listen-address'],
        variables: ['CASSANDRA_LISTEN_ADDRESS'],
        keys: ['listen_address'],
        portKeys: ['storage_port'],
        ports: [7000],
      },
      {
        flags: ['api-address'],
        keys: ['api_address'],
        portFlags: ['api-port'],
        portKeys: ['api_port'],
        ports: [10_000],
      },
      {
        flags: ['prometheus-address'],
        keys: ['prometheus_address'],
        portKeys: ['prometheus_port'],
        ports: [9180],
      },
      {
        flags: ['alternator-address'],
        keys: ['alternator_address'],
        portFlags: ['alternator-port'],
        portKeys: ['alternator_port'],
        ports: [8000],
      },
    ],
  },
  {
    // No listen_host is 127.0.0.1 and ::1; the image adds its own file. interserver_http_host is what others are told.
    name: 'ClickHouse',
    commands: ['clickhouse', 'clickhouse-server'],
    files: [
      {
        names: ['clickhouse*/config*.xml', 'clickhouse*/config.d/*.xml', 'config.d/*.xml', 'clickhouse*.xml'],
        format: 'xml',
      },
      { names: ['clickhouse*/config*.yaml', 'clickhouse*/config.d/*.yaml'], format: 'yaml' },
    ],
    listeners: [
      {
        keys: ['**.listen_host.*.#', 'listen_host', 'listen_host.*'],
        ports: [8123, 9000, 9009],
        portKeys: ['**.http_port.*.#', '**.tcp_port.*.#', 'http_port', 'tcp_port'],
      },
    ],
  },
  {
    // The image's own file says "any".
    name: 'CouchDB',
    commands: ['couchdb'],
    files: [{ names: ['couchdb*/*.ini', 'local.d/*.ini', 'default.d/*.ini', 'couchdb*.ini'], format: 'ini' }],
    listeners: [
      {
        keys: ['chttpd.bind_address', 'httpd.bind_address'],
        portKeys: ['chttpd.port', 'httpd.port'],
        ports: [5984],
      },
      { keys: ['prometheus.bind_address'], portKeys: ['prometheus.port'], ports: [17_986] },
    ],
  },
  {
    // advertised_address is what others are told. In variables a dot is `_` and an underscore `__`.
    name: 'Neo4j',
    commands: ['neo4j'],
    anywhere: true,
    files: [{ names: ['neo4j*.conf'], format: 'properties' }],
    listeners: [
      {
        variables: ['NEO4J_server_default__listen__address', 'NEO4J_dbms_default__listen__address'],
        keys: ['server.default_listen_address', 'dbms.default_listen_address'],
        ports: [7687, 7474],
      },
      {
        variables: ['NEO4J_server_bolt_listen__address', 'NEO4J_dbms_connector_bolt_listen__address'],
        keys: ['server.bolt.listen_address', 'dbms.connector.bolt.listen_address'],
        ports: [7687],
      },
      {
        variables: ['NEO4J_server_http_listen__address'],
        keys: ['server.http.listen_address', 'dbms.connector.http.listen_address'],
        ports: [7474],
      },
      { keys: ['server.https.listen_address', 'dbms.connector.https.listen_address'], ports: [7473] },
      { keys: ['server.metrics.prometheus.endpoint', 'metrics.prometheus.endpoint'], ports: [2004] },
      { keys: ['server.backup.listen_address', 'dbms.backup.listen_address'], ports: [6362] },
    ],
  },
  {
    // For arangosh the same flag is a target.
    name: 'ArangoDB',
    commands: ['arangod', 'arangodb'],
    files: [{ names: ['arangod*.conf'], format: 'ini' }],
    listeners: [{ flags: ['server.endpoint'], keys: ['server.endpoint'], ports: [8529] }],
  },
  {
    // "all" opens it. --join is a target.
    name: 'RethinkDB',
    commands: ['rethinkdb'],
    files: [{ names: ['rethinkdb*.conf'], format: 'properties' }],
    listeners: [
      { flags: ['bind'], keys: ['bind'], ports: [28_015, 8080, 29_015] },
      { flags: ['bind-http'], keys: ['bind-http'], portFlags: ['http-port'], ports: [8080] },
      { flags: ['bind-driver'], keys: ['bind-driver'], portFlags: ['driver-port'], ports: [28_015] },
      { flags: ['bind-cluster'], keys: ['bind-cluster'], portFlags: ['cluster-port'], ports: [29_015] },
    ],
  },
];
