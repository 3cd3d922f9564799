/**
 * Names by which any program's settings tell whether they are its own address or somebody else's. Flag names are in lower
 * case with `-` between words, as `flagName` of listeners/ writes them.
 */

/** Ends of flag names that say "I listen here": `--web.listen-address`, `--metrics-bind-address`. */
export const LISTEN_FLAG_ENDS = [
  'listen',
  'listen-addr',
  'listen-address',
  'listenaddr',
  'listen-on',
  'listen-tcp',
  'bind',
  'bind-addr',
  'bind-address',
  'bindaddr',
] as const;

/** Whole flag names that are an own address in servers and now and then a target in clients. */
export const ADDRESS_FLAGS: ReadonlySet<string> = new Set([
  'addr',
  'address',
  'http',
  'http-addr',
  'http-address',
  'http.addr',
  'https-addr',
  'https-address',
  'grpc',
  'grpc-addr',
  'grpc-address',
  'metrics-addr',
  'metrics-address',
  'health-addr',
  'admin-addr',
  'api-addr',
  'server-addr',
  'serve-addr',
  'host-port',
]);

/** Ends of variable names that say "I listen here". */
export const LISTEN_ENV_ENDS = [
  'LISTEN',
  'LISTEN_ADDR',
  'LISTEN_ADDRESS',
  'LISTENADDR',
  'LISTEN_ON',
  'LISTEN_HOST',
  'LISTEN_IP',
  'BIND',
  'BIND_ADDR',
  'BIND_ADDRESS',
  'BIND_HOST',
  'BIND_IP',
  'BINDADDR',
  'LISTENADDRESS',
  'BINDADDRESS',
] as const;

/** Whole names of variables with an address and a port: a server's own, and now and then the target of a client. */
export const ADDRESS_VARIABLES: readonly string[] = [
  'ADDR',
  'ADDRESS',
  'HTTP_ADDR',
  'HTTP_ADDRESS',
  'GRPC_ADDR',
];

/** What stands before `_HOST` and `_PORT` (`--http-host`, `SERVER_PORT`) when both are a program's own. */
export const OWN_PREFIXES: readonly string[] = [
  ...['listen', 'bind', 'http', 'https', 'web', 'grpc', 'server', 'app', 'ui', 'metrics', 'admin', 'health'],
];

/** Keys of a configuration file that say "I listen here", without `-` and `_`, in lower case. */
export const LISTEN_KEYS: ReadonlySet<string> = new Set([
  ...['listen', 'listenaddr', 'listenaddress', 'listenon', 'listenhost', 'listenip'],
  ...['bind', 'bindaddr', 'bindaddress', 'bindaddresses', 'bindhost', 'bindip', 'bindto'],
]);

/** Keys for the port beside one of them, written alike. */
export const PORT_KEYS: ReadonlySet<string> = new Set(['port', 'listenport', 'bindport', 'httpport']);

/** Node's conventions; also how people name a client's target. */
export const HOST_VARIABLES: readonly string[] = ['HOST', 'HTTP_HOST', 'APP_HOST'];

/** Words and images that say that a container runs Node.js. */
export const NODE_COMMANDS: ReadonlySet<string> = new Set([
  'node',
  'npm',
  'yarn',
  'pnpm',
  'npx',
  'nodejs',
  'bun',
]);

/** Parts of a flag's or variable's name that make it somebody else's address, whatever it ends with. */
export const TARGET_WORDS: ReadonlySet<string> = new Set([
  'upstream',
  'target',
  'backend',
  'remote',
  'peer',
  'seed',
  'forward',
  'connect',
  'advertise',
  'advertised',
  'announce',
  'broadcast',
  'publish',
  'public',
  'external',
  'canonical',
  'client',
  'dial',
  'join',
  'clients',
  'upstreams',
  'backends',
  'targets',
  'peers',
  'outputs',
  'sinks',
  'exporters',
]);

/** Commands that talk to an address in shell scripts instead of listening on it, or only mention it. */
export const CLIENT_COMMANDS: ReadonlySet<string> = new Set([
  'curl',
  'wget',
  'nc',
  'ncat',
  'netcat',
  'telnet',
  'ping',
  'nslookup',
  'dig',
  'ssh',
  'scp',
  'rsync',
  'grpc_health_probe',
  'grpc-health-probe',
  'grpcurl',
  'ghz',
  'psql',
  'pg_isready',
  'pg_dump',
  'mysql',
  'mysqladmin',
  'mysqldump',
  'redis-cli',
  'valkey-cli',
  'mongo',
  'mongosh',
  'mongodump',
  'cqlsh',
  'nodetool',
  'rabbitmqctl',
  'rabbitmqadmin',
  'kafka-topics.sh',
  'kafka-topics',
  'etcdctl',
  'influx',
  'mc',
  'amtool',
  'promtool',
  'clickhouse-client',
  'arangosh',
  'ldapsearch',
  'wait-for-it',
  'wait-for-it.sh',
  'wait-for',
  'dockerize',
  'echo',
  'printf',
  'sed',
  'awk',
  'grep',
  'test',
  '[',
  '[[',
  'cat',
  'tee',
]);

/** Variables that hold more of a command line, and the program whose it is ('': whatever the container runs). */
export const OPTION_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['JAVA_TOOL_OPTIONS', ''],
  ['JAVA_OPTS', ''],
  ['JAVA_OPTIONS', ''],
  ['JAVA_ARGS', ''],
  ['_JAVA_OPTIONS', ''],
  ['JDK_JAVA_OPTIONS', ''],
  ['JVM_OPTS', ''],
  ['CATALINA_OPTS', ''],
  ['JAVA_OPTS_APPEND', ''],
  ['NODE_OPTIONS', ''],
  ['GUNICORN_CMD_ARGS', 'gunicorn'],
  ['JENKINS_OPTS', 'jenkins'],
  ['KC_START_ARGS', 'kc.sh'],
  ['POSTGRESQL_EXTRA_FLAGS', 'postgres'],
  ['REDIS_EXTRA_FLAGS', 'redis-server'],
  ['VALKEY_EXTRA_FLAGS', 'valkey-server'],
  ['MYSQL_EXTRA_FLAGS', 'mysqld'],
  ['MARIADB_EXTRA_FLAGS', 'mysqld'],
  ['MONGODB_EXTRA_FLAGS', 'mongod'],
  ['UWSGI_OPTS', 'uwsgi'],
  ['SOLR_OPTS', ''],
  ['ES_JAVA_OPTS', ''],
  ['KAFKA_OPTS', ''],
]);
