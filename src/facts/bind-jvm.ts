import type { ProgramFact } from './bind-program.ts';

const APPLICATION = ['application*.properties', 'bootstrap*.properties', '*.properties'];
const APPLICATION_YAML = ['application*.yml', 'application*.yaml', 'bootstrap*.yml', 'bootstrap*.yaml'];

/** Frameworks and agents on the Java virtual machine. */
export const JVM_PROGRAMS: readonly ProgramFact[] = [
  {
    // Without an address it listens everywhere. Data sources, Redis hosts and Eureka's addresses are targets.
    name: 'Spring Boot',
    commands: [],
    anywhere: true,
    files: [
      { names: APPLICATION, format: 'properties' },
      { names: [...APPLICATION_YAML, 'application*.json'], format: 'yaml' },
    ],
    listeners: [
      {
        variables: ['SERVER_ADDRESS'],
        hostOnly: true,
        portVariables: ['SERVER_PORT'],
        portFlags: ['server.port'],
        portKeys: ['server.port'],
        ports: [8080],
      },
      {
        flags: ['server.address'],
        keys: ['server.address'],
        portFlags: ['server.port'],
        portVariables: ['SERVER_PORT'],
        portKeys: ['server.port'],
        ports: [8080],
      },
      {
        flags: ['management.server.address'],
        variables: ['MANAGEMENT_SERVER_ADDRESS'],
        keys: ['management.server.address'],
        portFlags: ['management.server.port'],
        portVariables: ['MANAGEMENT_SERVER_PORT'],
        portKeys: ['management.server.port'],
      },
      {
        flags: ['grpc.server.address', 'spring.grpc.server.host', 'spring.grpc.server.address'],
        variables: ['GRPC_SERVER_ADDRESS', 'SPRING_GRPC_SERVER_HOST'],
        keys: [
          'grpc.server.address',
          'grpc.server.host',
          'spring.grpc.server.host',
          'spring.grpc.server.address',
        ],
        portFlags: ['grpc.server.port', 'spring.grpc.server.port'],
        portVariables: ['GRPC_SERVER_PORT', 'SPRING_GRPC_SERVER_PORT'],
        portKeys: ['grpc.server.port', 'spring.grpc.server.port'],
        ports: [9090],
      },
    ],
  },
  {
    // micronaut.server.host absent: every address.
    name: 'Micronaut',
    commands: [],
    anywhere: true,
    files: [
      { names: APPLICATION_YAML, format: 'yaml' },
      { names: APPLICATION, format: 'properties' },
    ],
    listeners: [
      {
        flags: ['micronaut.server.host'],
        variables: ['MICRONAUT_SERVER_HOST'],
        keys: ['micronaut.server.host'],
        portFlags: ['micronaut.server.port'],
        portVariables: ['MICRONAUT_SERVER_PORT'],
        portKeys: ['micronaut.server.port'],
        ports: [8080],
      },
      {
        keys: ['micronaut.server.netty.listeners.*.host'],
        portKeys: ['micronaut.server.netty.listeners.*.port'],
      },
    ],
  },
  {
    // 0.0.0.0 in production mode; a %dev or %test prefix applies to neither.
    name: 'Quarkus',
    commands: [],
    anywhere: true,
    files: [
      { names: APPLICATION, format: 'properties' },
      { names: APPLICATION_YAML, format: 'yaml' },
    ],
    listeners: [
      {
        flags: ['quarkus.http.host'],
        variables: ['QUARKUS_HTTP_HOST', '_PROD_QUARKUS_HTTP_HOST'],
        keys: ['quarkus.http.host', '%prod.quarkus.http.host'],
        portFlags: ['quarkus.http.port'],
        portVariables: ['QUARKUS_HTTP_PORT'],
        portKeys: ['quarkus.http.port', '%prod.quarkus.http.port'],
        ports: [8080],
      },
      {
        flags: ['quarkus.management.host'],
        variables: ['QUARKUS_MANAGEMENT_HOST'],
        keys: ['quarkus.management.host', '%prod.quarkus.management.host'],
        portFlags: ['quarkus.management.port'],
        portVariables: ['QUARKUS_MANAGEMENT_PORT'],
        portKeys: ['quarkus.management.port'],
        ports: [9000],
      },
      {
        flags: ['quarkus.grpc.server.host'],
        variables: ['QUARKUS_GRPC_SERVER_HOST'],
        keys: ['quarkus.grpc.server.host', '%prod.quarkus.grpc.server.host'],
        portFlags: ['quarkus.grpc.server.port'],
        portVariables: ['QUARKUS_GRPC_SERVER_PORT'],
        portKeys: ['quarkus.grpc.server.port'],
        ports: [9000],
      },
    ],
  },
  {
    name: 'Dropwizard',
    commands: [],
    anywhere: true,
    files: [{ names: ['*.yml', '*.yaml'], format: 'yaml' }],
    listeners: [
      {
        keys: ['server.applicationConnectors.*.bindHost'],
        portKeys: ['server.applicationConnectors.*.port'],
        ports: [8080],
      },
      {
        keys: ['server.adminConnectors.*.bindHost'],
        portKeys: ['server.adminConnectors.*.port'],
        ports: [8081],
      },
      { keys: ['server.connector.bindHost'], portKeys: ['server.connector.port'], ports: [8080] },
    ],
  },
  {
    name: 'Play Framework',
    commands: [],
    anywhere: true,
    files: [{ names: ['application*.conf', 'production.conf'], format: 'properties' }],
    listeners: [
      {
        flags: ['http.address', 'play.server.http.address'],
        variables: ['PLAY_HTTP_ADDRESS'],
        keys: ['play.server.http.address', 'http.address'],
        portFlags: ['http.port', 'play.server.http.port'],
        portVariables: ['PLAY_HTTP_PORT'],
        portKeys: ['play.server.http.port'],
        ports: [9000],
      },
    ],
  },
  {
    // With only a port, JDK 9 and later listen on loopback; `*:5005` opens it.
    name: 'JVM debug agent',
    commands: [],
    anywhere: true,
    listeners: [
      {
        words: [
          /^-(?:agentlib:jdwp=|Xrunjdwp:)(?:[^,\s]*,)*address=(?:(?<host>\[[^\]\s]*\]|[^:,\s[]*):)?(?<port>\d{1,5})/,
        ],
        portOnly: 'loopback',
      },
    ],
  },
  {
    name: 'Prometheus JMX exporter',
    commands: [],
    anywhere: true,
    listeners: [
      {
        words: [
          /^-javaagent:[^=\s]*jmx_prometheus[^=\s]*=(?:(?<host>\[[^\]\s]*\]|[^:,\s[]*):)?(?<port>\d{1,5}):/,
        ],
      },
    ],
  },
  {
    name: 'Jolokia agent',
    commands: [],
    anywhere: true,
    listeners: [
      {
        words: [
          /^-javaagent:[^=\s]*jolokia[^=\s]*=(?:[^,\s]*,)*?port=(?<port>\d{1,5}),(?:[^,\s]*,)*?host=(?<host>[^,\s]+)/,
          /^-javaagent:[^=\s]*jolokia[^=\s]*=(?:[^,\s]*,)*?host=(?<host>[^,\s]+)(?:,(?:[^,\s]*,)*?port=(?<port>\d{1,5}))?/,
        ],
        ports: [8778],
      },
    ],
  },
];
