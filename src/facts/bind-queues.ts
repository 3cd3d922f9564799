import type { ProgramFact } from './bind-program.ts';

/** Message brokers. */
export const MESSAGE_BROKERS: readonly ProgramFact[] = [
  {
    // A port alone is every address.
    name: 'RabbitMQ',
    commands: ['rabbitmq-server', 'rabbitmq'],
    anywhere: true,
    files: [{ names: ['rabbitmq*.conf', 'rabbitmq/conf.d/*.conf'], format: 'properties' }],
    listeners: [
      {
        variables: ['RABBITMQ_NODE_IP_ADDRESS'],
        portVariables: ['RABBITMQ_NODE_PORT'],
        keys: ['listeners.tcp.*', 'listeners.ssl.*'],
        ports: [5672],
      },
      { keys: ['mqtt.listeners.*.*', 'stomp.listeners.*.*', 'stream.listeners.*.*', 'amqp.listeners.*.*'] },
      {
        keys: ['management.tcp.ip', 'management.ssl.ip'],
        portKeys: ['management.tcp.port', 'management.ssl.port'],
        ports: [15_672],
      },
      {
        keys: ['prometheus.tcp.ip', 'prometheus.ssl.ip'],
        portKeys: ['prometheus.tcp.port', 'prometheus.ssl.port'],
        ports: [15_692],
      },
      { keys: ['web_mqtt.tcp.ip', 'web_mqtt.ssl.ip'], portKeys: ['web_mqtt.tcp.port'], ports: [15_675] },
      { keys: ['web_stomp.tcp.ip', 'web_stomp.ssl.ip'], portKeys: ['web_stomp.tcp.port'], ports: [15_674] },
      { keys: ['web_amqp.tcp.ip', 'web_amqp.ssl.ip'], portKeys: ['web_amqp.tcp.port'], ports: [15_678] },
    ],
  },
  {
    // advertised.listeners and bootstrap.servers are never its own addresses.
    name: 'Kafka',
    commands: [
      'kafka',
      'kafka-server-start.sh',
      'kafka-server-start',
      'connect-distributed.sh',
      'connect-distributed',
    ],
    images: ['cp-kafka', 'cp-kafka-connect', 'cp-schema-registry', 'cp-kafka-rest', 'cp-server'],
    anywhere: true,
    files: [
      {
        names: [
          'server*.properties',
          'kafka*.properties',
          'broker*.properties',
          'kraft/*.properties',
          'connect-distributed*.properties',
          'schema-registry*.properties',
        ],
        format: 'properties',
      },
    ],
    listeners: [
      {
        variables: [
          'KAFKA_LISTENERS',
          'KAFKA_CFG_LISTENERS',
          'CONNECT_LISTENERS',
          'SCHEMA_REGISTRY_LISTENERS',
          'KAFKA_REST_LISTENERS',
        ],
        keys: ['listeners'],
        ports: [9092],
      },
    ],
  },
  {
    // Blocks for clusters, leaf nodes and WebSockets have addresses of their own; routes and remotes are targets.
    name: 'NATS',
    commands: ['nats-server', 'nats-streaming-server'],
    images: ['nats', 'nats-streaming'],
    files: [{ names: ['nats*.conf', 'nats/*.conf', 'gnatsd.conf'], format: 'directives' }],
    listeners: [
      {
        flags: ['a', 'addr', 'net'],
        keys: ['listen', 'host', 'net'],
        portFlags: ['p', 'port'],
        portKeys: ['port', 'client_port'],
        ports: [4222],
      },
      { keys: ['http', 'https', 'monitor'], ports: [8222] },
      { keys: ['cluster.listen', 'cluster.host'], portKeys: ['cluster.port'], ports: [6222] },
      {
        keys: ['leafnodes.listen', 'leafnodes.host', 'leafnode.listen'],
        portKeys: ['leafnodes.port'],
        ports: [7422],
      },
      { keys: ['websocket.listen', 'websocket.host'], portKeys: ['websocket.port'] },
      { keys: ['mqtt.listen', 'mqtt.host'], portKeys: ['mqtt.port'], ports: [1883] },
    ],
  },
  {
    name: 'Apache Pulsar',
    commands: ['pulsar'],
    images: ['pulsar-all'],
    files: [
      { names: ['broker.conf', 'standalone.conf', 'proxy.conf', 'pulsar*.conf'], format: 'properties' },
    ],
    listeners: [
      {
        keys: ['bindAddress', 'bindAddresses'],
        portKeys: ['brokerServicePort', 'servicePort'],
        ports: [6650],
      },
      { keys: ['bindAddress', 'bindAddresses'], portKeys: ['webServicePort'], ports: [8080] },
    ],
  },
  {
    // From 2.0 on, no listener line means loopback only; `listener 1883` is every address. A bridge's address is a target.
    name: 'Mosquitto',
    commands: ['mosquitto'],
    images: ['eclipse-mosquitto'],
    files: [{ names: ['mosquitto*.conf', 'mosquitto/conf*/*.conf'], format: 'directives' }],
    listeners: [
      {
        lines: [
          /^\s*listener\s+(?<port>\d{1,5})(?:\s+(?<host>\S+))?\s*$/,
          /^\s*bind_address\s+(?<host>\S+)\s*$/,
        ],
        portKeys: ['port'],
        ports: [1883],
        unset: { binds: 'loopback', since: '2.0.0', withFile: true },
      },
    ],
  },
  {
    name: 'EMQX',
    commands: ['emqx'],
    anywhere: true,
    files: [{ names: ['emqx*.conf'], format: 'directives' }],
    listeners: [
      {
        variables: ['EMQX_LISTENERS__*__BIND', 'EMQX_DASHBOARD__LISTENERS__*__BIND'],
        keys: [
          'listeners.tcp.*.bind',
          'listeners.ws.*.bind',
          'listeners.tcp.default.bind',
          'dashboard.listeners.http.bind',
        ],
      },
    ],
  },
  {
    // The image's start script writes the pod's address instead of 127.0.0.1.
    name: 'VerneMQ',
    commands: ['vernemq'],
    anywhere: true,
    files: [{ names: ['vernemq*.conf'], format: 'properties' }],
    listeners: [
      {
        variables: ['DOCKER_VERNEMQ_LISTENER__*'],
        keys: ['listener.tcp.*', 'listener.ssl.*', 'listener.ws.*', 'listener.http.*', 'listener.vmq.*'],
      },
    ],
  },
];
