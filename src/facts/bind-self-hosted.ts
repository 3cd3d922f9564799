import type { ProgramFact } from './bind-program.ts';

/** Applications that people run themselves, and tools with a web interface. */
export const SELF_HOSTED_PROGRAMS: readonly ProgramFact[] = [
  {
    name: 'Pomerium',
    commands: ['pomerium'],
    files: [{ names: ['pomerium*.yaml', 'pomerium/*.yaml'], format: 'yaml' }],
    listeners: [
      { keys: ['address'], variables: ['ADDRESS'], ports: [443] },
      { keys: ['grpc_address'], variables: ['GRPC_ADDRESS'], ports: [443] },
    ],
  },
  {
    // bind_addresses of a listener; server_name is the public name.
    name: 'Synapse',
    commands: ['synapse.app.homeserver', 'synapse'],
    files: [{ names: ['homeserver*.yaml'], format: 'yaml' }],
    listeners: [
      {
        keys: ['listeners.*.bind_addresses.*', 'listeners.*.bind_address'],
        portKeys: ['listeners.*.port'],
        ports: [8008],
      },
    ],
  },
  {
    name: 'Zot',
    commands: ['zot'],
    files: [{ names: ['zot*.json', 'zot/*.json'], format: 'yaml' }],
    listeners: [{ keys: ['http.address'], portKeys: ['http.port'], ports: [5000] }],
  },
  {
    name: 'Syncthing',
    commands: ['syncthing'],
    listeners: [{ flags: ['gui-address'], variables: ['STGUIADDRESS'], ports: [8384] }],
  },
  {
    name: 'Uptime Kuma',
    commands: ['uptime-kuma'],
    anywhere: true,
    listeners: [
      { variables: ['UPTIME_KUMA_HOST'], portVariables: ['UPTIME_KUMA_PORT', 'PORT'], ports: [3001] },
    ],
  },
  {
    name: 'Rasa',
    commands: ['rasa'],
    subcommands: ['run', 'x'],
    listeners: [{ flags: ['i', 'interface'], portFlags: ['p', 'port'], ports: [5005] }],
  },
  {
    name: 'Triton',
    commands: ['tritonserver'],
    listeners: [
      { flags: ['http-address'], portFlags: ['http-port'], ports: [8000] },
      { flags: ['grpc-address'], portFlags: ['grpc-port'], ports: [8001] },
      { flags: ['metrics-address'], portFlags: ['metrics-port'], ports: [8002] },
    ],
  },
  {
    // `interface` of a Twisted endpoint; without it every address.
    name: 'Twisted',
    commands: ['twisted', 'twist', 'twistd'],
    listeners: [{ words: [/^(?:--\w+=)?tcp:(?:port=)?(?<port>\d{1,5}):interface=(?<host>[^:\s]+)/] }],
  },
  {
    // advertise-* is what others are told.
    name: 'Redpanda',
    commands: ['redpanda', 'rpk'],
    subcommands: ['start'],
    listeners: [
      { flags: ['kafka-addr'], ports: [9092] },
      { flags: ['pandaproxy-addr'], ports: [8082] },
      { flags: ['schema-registry-addr'], ports: [8081] },
      { flags: ['rpc-addr'], ports: [33_145] },
    ],
  },
  {
    name: 'QuestDB',
    commands: ['questdb'],
    files: [{ names: ['questdb*/server.conf', 'questdb/conf/server.conf'], format: 'properties' }],
    listeners: [
      { keys: ['http.bind.to'], variables: ['QDB_HTTP_BIND_TO'], ports: [9000] },
      { keys: ['pg.net.bind.to'], variables: ['QDB_PG_NET_BIND_TO'], ports: [8812] },
      { keys: ['line.tcp.net.bind.to'], variables: ['QDB_LINE_TCP_NET_BIND_TO'], ports: [9009] },
    ],
  },
  {
    name: 'Ktor',
    commands: [],
    anywhere: true,
    files: [{ names: ['application*.conf'], format: 'directives' }],
    listeners: [{ keys: ['ktor.deployment.host'], portKeys: ['ktor.deployment.port'], ports: [8080] }],
  },
];
