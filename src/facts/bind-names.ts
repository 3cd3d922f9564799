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
] as const;

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
]);
