import type { ProgramFact } from './bind-program.ts';

/** Services that other services are configured, found and scheduled by. */
export const COORDINATION_PROGRAMS: readonly ProgramFact[] = [
  {
    // Only the client port chooses an address here; the peers' ports are on the pod's.
    name: 'ZooKeeper',
    commands: ['zkServer.sh', 'zookeeper', 'zookeeper-server-start.sh', 'zkServer-foreground'],
    images: ['cp-zookeeper'],
    files: [{ names: ['zoo*.cfg', 'zookeeper*.properties', 'zoo*.properties'], format: 'properties' }],
    listeners: [
      { keys: ['clientPortAddress'], portKeys: ['clientPort'], ports: [2181] },
      { keys: ['secureClientPortAddress'], portKeys: ['secureClientPort'] },
      { keys: ['admin.serverAddress'], portKeys: ['admin.serverPort'], ports: [8080] },
    ],
  },
  {
    // advertise-client-urls, initial-* and initial-cluster are no addresses of its own.
    name: 'etcd',
    commands: ['etcd'],
    anywhere: true,
    files: [{ names: ['etcd*.yml', 'etcd*.yaml', 'etcd*.conf'], format: 'yaml' }],
    listeners: [
      {
        flags: ['listen-client-urls'],
        variables: ['ETCD_LISTEN_CLIENT_URLS'],
        keys: ['listen-client-urls'],
        ports: [2379],
        unset: { binds: 'loopback', unlessVariables: ['ETCD_CONFIG_FILE'] },
      },
      {
        flags: ['listen-peer-urls'],
        variables: ['ETCD_LISTEN_PEER_URLS'],
        keys: ['listen-peer-urls'],
        ports: [2380],
      },
      {
        flags: ['listen-metrics-urls'],
        variables: ['ETCD_LISTEN_METRICS_URLS'],
        keys: ['listen-metrics-urls'],
      },
      {
        flags: ['listen-client-http-urls'],
        variables: ['ETCD_LISTEN_CLIENT_HTTP_URLS'],
        keys: ['listen-client-http-urls'],
      },
    ],
  },
  {
    // -client is where the interfaces are (127.0.0.1 unless told), -bind where the cluster talks. -advertise is what others are told.
    name: 'Consul',
    commands: ['consul'],
    subcommands: ['agent'],
    files: [
      { names: ['consul*.json', 'consul/*.json', 'consul/config/*.json'], format: 'yaml' },
      { names: ['consul*.hcl', 'consul/*.hcl', 'consul/config/*.hcl'], format: 'directives' },
    ],
    listeners: [
      {
        flags: ['client'],
        keys: ['client_addr', 'addresses.http'],
        portFlags: ['http-port'],
        portKeys: ['ports.http'],
        ports: [8500],
        unset: { binds: 'loopback', with: ['agent'], unlessVariables: ['CONSUL_CLIENT_INTERFACE'] },
      },
      { flags: ['bind'], keys: ['bind_addr'], ports: [8301, 8300, 8302] },
      { keys: ['addresses.grpc'], portKeys: ['ports.grpc'], ports: [8502] },
      { keys: ['addresses.dns'], portKeys: ['ports.dns'], ports: [8600] },
      { keys: ['addresses.https'], portKeys: ['ports.https'], ports: [8501] },
    ],
  },
  {
    // api_addr, cluster_addr and VAULT_ADDR are what others are told, or targets.
    name: 'Vault and OpenBao',
    commands: ['vault', 'bao'],
    images: ['openbao'],
    subcommands: ['server'],
    files: [
      {
        names: ['vault*.hcl', 'vault/*.hcl', 'bao*.hcl', 'openbao/*.hcl', 'extraconfig-from-values.hcl'],
        format: 'directives',
      },
    ],
    listeners: [
      {
        keys: ['**.listener.address'],
        lines: [
          /^\s*listener\s+"tcp"\s*\{[^}]*\baddress\s*=\s*"(?<host>\[[^\]"]*\]|[^":]*):(?<port>\d{1,5})"/,
        ],
        ports: [8200],
      },
      { keys: ['**.listener.cluster_address'], ports: [8201] },
      {
        flags: ['dev-listen-address'],
        variables: ['VAULT_DEV_LISTEN_ADDRESS', 'BAO_DEV_LISTEN_ADDRESS'],
        ports: [8200],
      },
    ],
  },
  {
    name: 'Nomad',
    commands: ['nomad'],
    subcommands: ['agent'],
    files: [{ names: ['nomad*.hcl', 'nomad/*.hcl'], format: 'directives' }],
    listeners: [
      { flags: ['bind'], keys: ['bind_addr', 'addresses.http'], portKeys: ['ports.http'], ports: [4646] },
    ],
  },
  {
    // TEMPORAL_ADDRESS is a target, the broadcast address what others are told.
    name: 'Temporal',
    commands: ['temporal-server', 'temporal'],
    images: ['temporalio', 'auto-setup'],
    anywhere: true,
    files: [{ names: ['temporal*/*.yaml', 'temporal*.yaml', 'config_template.yaml'], format: 'yaml' }],
    listeners: [
      { variables: ['BIND_ON_IP'], ports: [7233, 7234, 7235, 7239] },
      {
        keys: ['services.*.rpc.bindOnIP'],
        closes: ['services.*.rpc.bindOnLocalHost'],
        portKeys: ['services.*.rpc.grpcPort'],
        ports: [7233],
      },
    ],
  },
];
