import type { ProgramFact } from './bind-program.ts';

/** Proxies that stand beside a program, in its own pod more often than not. */
export const LOCAL_PROXIES: readonly ProgramFact[] = [
  {
    // --upstream is the protected program, which is on loopback on purpose.
    name: 'kube-rbac-proxy',
    commands: ['kube-rbac-proxy'],
    listeners: [{ flags: ['secure-listen-address'] }, { flags: ['insecure-listen-address'] }],
  },
  {
    // Loopback is right for a sidecar, and wrong for a Deployment of its own behind a Service.
    name: 'Cloud SQL and AlloyDB Auth Proxy',
    commands: ['cloud-sql-proxy', 'alloydb-auth-proxy'],
    anywhere: true,
    listeners: [
      {
        flags: ['a', 'address'],
        variables: ['CSQL_PROXY_ADDRESS', 'ALLOYDB_PROXY_ADDRESS'],
        portFlags: ['p', 'port'],
        portVariables: ['CSQL_PROXY_PORT', 'ALLOYDB_PROXY_PORT'],
        ports: [5432, 3306, 1433],
        unset: { binds: 'loopback' },
      },
      {
        flags: ['http-address'],
        variables: ['CSQL_PROXY_HTTP_ADDRESS'],
        portFlags: ['http-port'],
        portVariables: ['CSQL_PROXY_HTTP_PORT'],
        ports: [9090],
      },
      { flags: ['admin-address'], portFlags: ['admin-port'], ports: [9091] },
    ],
  },
  {
    // `tcp:3306` is 127.0.0.1, `tcp:0.0.0.0:3306` every address.
    name: 'Cloud SQL proxy v1',
    commands: ['cloud_sql_proxy'],
    images: ['gce-proxy'],
    listeners: [
      {
        words: [
          /^(?:-{1,2}instances=)?[^\s=]+=tcp:(?:(?<host>\[[^\]\s]*\]|[^:,\s[]*):)?(?<port>\d{1,5})(?![\d.:])/,
        ],
        portOnly: 'loopback',
      },
    ],
  },
  {
    name: 'kubectl proxy and port-forward',
    commands: ['kubectl', 'oc'],
    subcommands: ['proxy', 'port-forward'],
    listeners: [
      {
        flags: ['address'],
        portFlags: ['port', 'p'],
        ports: [8001],
        unset: { binds: 'loopback', with: ['proxy'] },
      },
    ],
  },
  {
    // Its public interfaces are on loopback on purpose; the internal ones are not.
    name: 'Dapr',
    commands: ['daprd'],
    listeners: [
      { flags: ['dapr-listen-addresses'], portFlags: ['dapr-http-port'], ports: [3500] },
      { flags: ['dapr-listen-addresses'], portFlags: ['dapr-grpc-port'], ports: [50_001] },
    ],
  },
];
