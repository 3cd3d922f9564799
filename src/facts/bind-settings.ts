/**
 * Settings by which programs choose the address they listen on. Facts from the programs' own documentation; flag names are
 * in lower case with `-` between words, as `flagName` of listeners/ writes them.
 */

/** A flag or variable that holds an address. */
export interface BindSetting {
  /** Words of which one must be the program (a word of the command line, or the image's name); absent: any program. */
  readonly programs?: readonly string[];
  readonly names: readonly string[];
  /** Settings that hold the port when the address carries none. */
  readonly ports?: readonly string[];
  /** Where the program listens when no port is set. */
  readonly defaultPort?: number;
}

/** Ends of flag names that say "I listen here", whatever the program: `--web.listen-address`, `--metrics-bind-address`. */
export const LISTEN_FLAG_ENDS = [
  'listen',
  'listen-addr',
  'listen-address',
  'listenaddr',
  'bind',
  'bind-addr',
  'bind-address',
  'bindaddr',
] as const;

/** Whole flag names that are an own address in servers; clients use other names for their targets. */
export const ADDRESS_FLAGS: ReadonlySet<string> = new Set([
  'addr',
  'address',
  'http',
  'http-addr',
  'http-address',
  'http.addr',
  'https-address',
  'grpc',
  'grpc-addr',
  'grpc-address',
  'metrics-addr',
  'metrics-address',
  'health-addr',
  'host-port',
]);

/** Flags of known programs. */
export const PROGRAM_FLAGS: readonly BindSetting[] = [
  { programs: ['gunicorn'], names: ['b', 'bind'], defaultPort: 8000 },
  { programs: ['uvicorn', 'fastapi'], names: ['host'], ports: ['port'], defaultPort: 8000 },
  { programs: ['hypercorn'], names: ['b', 'bind'], defaultPort: 8000 },
  { programs: ['daphne'], names: ['b', 'bind'], ports: ['p', 'port'], defaultPort: 8000 },
  { programs: ['waitress-serve'], names: ['listen', 'host'], ports: ['port'], defaultPort: 8080 },
  { programs: ['flask'], names: ['h', 'host'], ports: ['p', 'port'], defaultPort: 5000 },
  { programs: ['streamlit'], names: ['server.address'], ports: ['server.port'], defaultPort: 8501 },
  { programs: ['jupyter', 'jupyter-lab'], names: ['ip'], ports: ['port'], defaultPort: 8888 },
  { programs: ['next'], names: ['h', 'hostname'], ports: ['p', 'port'], defaultPort: 3000 },
  { programs: ['ng'], names: ['host'], ports: ['port'], defaultPort: 4200 },
  { programs: ['json-server'], names: ['host'], ports: ['p', 'port'], defaultPort: 3000 },
  { programs: ['http-server'], names: ['a'], ports: ['p', 'port'], defaultPort: 8080 },
  { programs: ['rails'], names: ['b', 'binding'], ports: ['p', 'port'], defaultPort: 3000 },
  { programs: ['artisan'], names: ['host'], ports: ['port'], defaultPort: 8000 },
  { programs: ['redis-server', 'valkey-server'], names: ['bind'], ports: ['port'], defaultPort: 6379 },
  { programs: ['memcached'], names: ['l', 'listen'], ports: ['p', 'port'], defaultPort: 11211 },
  { programs: ['mongod'], names: ['bind-ip'], ports: ['port'], defaultPort: 27017 },
  { programs: ['mysqld', 'mariadbd'], names: ['bind-address'], ports: ['port'], defaultPort: 3306 },
  { programs: ['nats-server'], names: ['a', 'addr'], ports: ['p', 'port'], defaultPort: 4222 },
  { programs: ['etcd'], names: ['listen-client-urls'], defaultPort: 2379 },
  { programs: ['kubectl'], names: ['address'], ports: ['port', 'p'], defaultPort: 8001 },
  { programs: ['argocd-server'], names: ['address'], ports: ['port'], defaultPort: 8080 },
  { programs: ['kube-state-metrics'], names: ['host'], ports: ['port'], defaultPort: 8080 },
  { names: ['server.address'], ports: ['server.port'], defaultPort: 8080 },
  { names: ['quarkus.http.host'], ports: ['quarkus.http.port'], defaultPort: 8080 },
  { names: ['urls'] },
];

/** Ends of variable names that say "I listen here", whatever the program. */
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

/** Variables of known programs and frameworks. */
export const PROGRAM_ENV: readonly BindSetting[] = [
  { names: ['UVICORN_HOST'], ports: ['UVICORN_PORT'], defaultPort: 8000 },
  { names: ['FLASK_RUN_HOST'], ports: ['FLASK_RUN_PORT'], defaultPort: 5000 },
  { names: ['SERVER_ADDRESS'], ports: ['SERVER_PORT'], defaultPort: 8080 },
  { names: ['QUARKUS_HTTP_HOST'], ports: ['QUARKUS_HTTP_PORT'], defaultPort: 8080 },
  { names: ['MICRONAUT_SERVER_HOST'], ports: ['MICRONAUT_SERVER_PORT'], defaultPort: 8080 },
  { names: ['ROCKET_ADDRESS'], ports: ['ROCKET_PORT'], defaultPort: 8000 },
  { names: ['NITRO_HOST'], ports: ['NITRO_PORT', 'PORT'], defaultPort: 3000 },
  { names: ['FASTIFY_ADDRESS'], ports: ['FASTIFY_PORT', 'PORT'], defaultPort: 3000 },
  { names: ['N8N_LISTEN_ADDRESS'], ports: ['N8N_PORT'], defaultPort: 5678 },
  { names: ['GF_SERVER_HTTP_ADDR'], ports: ['GF_SERVER_HTTP_PORT'], defaultPort: 3000 },
  { names: ['PGRST_SERVER_HOST'], ports: ['PGRST_SERVER_PORT'], defaultPort: 3000 },
  { names: ['ASPNETCORE_URLS', 'DOTNET_URLS'] },
  { names: ['ETCD_LISTEN_CLIENT_URLS'], defaultPort: 2379 },
  { names: ['KAFKA_LISTENERS', 'KAFKA_CFG_LISTENERS'] },
  { names: ['OAUTH2_PROXY_HTTP_ADDRESS'], defaultPort: 4180 },
  { names: ['REGISTRY_HTTP_ADDR'], defaultPort: 5000 },
  { names: ['MEILI_HTTP_ADDR'], defaultPort: 7700 },
  { names: ['LEPTOS_SITE_ADDR'], defaultPort: 3000 },
];

/** Commands that talk to an address in shell scripts instead of listening on it. */
export const CLIENT_COMMANDS: ReadonlySet<string> = new Set([
  'curl',
  'wget',
  'nc',
  'ncat',
  'grpc_health_probe',
  'grpcurl',
  'psql',
  'pg_isready',
  'mysql',
  'mysqladmin',
  'redis-cli',
  'mongo',
  'mongosh',
  'until',
  'while',
  'test',
  '[',
]);
