import type { ProgramFact } from './bind-program.ts';

/** Servers written in Java that are run as such. */
export const JAVA_SERVERS: readonly ProgramFact[] = [
  {
    // HTTP connectors listen everywhere unless they say so; the shutdown port of <Server> is always local.
    name: 'Apache Tomcat',
    commands: ['catalina.sh', 'tomcat', 'tomee'],
    files: [{ names: ['server.xml'], format: 'xml' }],
    listeners: [{ keys: ['**.Connector.*.@address'], portKeys: ['**.Connector.*.@port'], ports: [8080] }],
  },
  {
    name: 'Jetty',
    commands: ['jetty', 'jetty.sh'],
    anywhere: true,
    files: [{ names: ['start.d/*.ini', 'start.ini', 'jetty*.ini', '*.properties'], format: 'properties' }],
    listeners: [
      {
        flags: ['jetty.http.host', 'jetty.host'],
        keys: ['jetty.http.host', 'jetty.host'],
        portFlags: ['jetty.http.port'],
        portKeys: ['jetty.http.port'],
        ports: [8080],
      },
      { flags: ['jetty.ssl.host'], keys: ['jetty.ssl.host'], portKeys: ['jetty.ssl.port'], ports: [8443] },
    ],
  },
  {
    // Public and management interfaces are on 127.0.0.1 by default; the usual images pass -b 0.0.0.0.
    name: 'WildFly and JBoss EAP',
    commands: ['standalone.sh', 'domain.sh', 'wildfly', 'jboss'],
    images: ['wildfly-runtime', 'jboss-eap', 'eap74-openjdk11-openshift-rhel8'],
    listeners: [
      { flags: ['b', 'jboss.bind.address'], portFlags: ['jboss.http.port'], ports: [8080, 8443] },
      {
        flags: ['bmanagement', 'jboss.bind.address.management'],
        portFlags: ['jboss.management.http.port'],
        ports: [9990],
      },
    ],
  },
  {
    // An httpEndpoint without host is localhost; the images' own server.xml says *.
    name: 'Open Liberty',
    commands: ['open-liberty', 'liberty', 'websphere-liberty'],
    files: [
      {
        names: ['server.xml', 'configDropins/defaults/*.xml', 'configDropins/overrides/*.xml'],
        format: 'xml',
      },
    ],
    listeners: [
      { keys: ['**.httpEndpoint.*.@host'], portKeys: ['**.httpEndpoint.*.@httpPort'], ports: [9080] },
      { keys: ['**.httpEndpoint.*.@host'], portKeys: ['**.httpEndpoint.*.@httpsPort'], ports: [9443] },
    ],
  },
  {
    // hostname settings are the public address, never where it listens.
    name: 'Keycloak',
    commands: ['kc.sh', 'keycloak'],
    anywhere: true,
    files: [{ names: ['keycloak.conf'], format: 'properties' }],
    listeners: [
      {
        flags: ['http-host'],
        variables: ['KC_HTTP_HOST'],
        keys: ['http-host'],
        portFlags: ['http-port'],
        portVariables: ['KC_HTTP_PORT'],
        portKeys: ['http-port'],
        ports: [8080],
      },
      {
        flags: ['http-host'],
        variables: ['KC_HTTP_HOST'],
        keys: ['http-host'],
        portFlags: ['https-port'],
        portVariables: ['KC_HTTPS_PORT'],
        portKeys: ['https-port'],
        ports: [8443],
      },
      // Up to 16 it ran on WildFly.
      { flags: ['b'], ports: [8080] },
    ],
  },
  {
    // Transport connectors ship with 0.0.0.0, the console in jetty.xml with 127.0.0.1 since 5.16; networkConnector is a target.
    name: 'ActiveMQ Classic',
    commands: ['activemq', 'activemq-classic'],
    files: [{ names: ['activemq.xml', 'jetty.xml'], format: 'xml' }],
    listeners: [
      { keys: ['**.transportConnector.*.@uri'], ports: [61616] },
      { keys: ['**.property.host'], portKeys: ['**.property.port'], ports: [8161] },
    ],
  },
  {
    // <connector> says what others connect to.
    name: 'ActiveMQ Artemis',
    commands: ['artemis', 'activemq-artemis'],
    files: [{ names: ['bootstrap.xml', 'broker.xml'], format: 'xml' }],
    listeners: [
      { keys: ['**.binding.*.@uri', '**.web.*.@bind'], ports: [8161] },
      { keys: ['**.acceptor.*.#'], ports: [61616] },
    ],
  },
  {
    // nifi.web.proxy.host is a list of allowed Host headers.
    name: 'Apache NiFi',
    commands: ['nifi', 'nifi.sh'],
    anywhere: true,
    files: [{ names: ['nifi.properties'], format: 'properties' }],
    listeners: [
      {
        variables: ['NIFI_WEB_HTTPS_HOST'],
        keys: ['nifi.web.https.host'],
        portVariables: ['NIFI_WEB_HTTPS_PORT'],
        portKeys: ['nifi.web.https.port'],
        ports: [8443],
      },
      {
        variables: ['NIFI_WEB_HTTP_HOST'],
        keys: ['nifi.web.http.host'],
        portVariables: ['NIFI_WEB_HTTP_PORT'],
        portKeys: ['nifi.web.http.port'],
        ports: [8080],
      },
      { keys: ['nifi.remote.input.host'], portKeys: ['nifi.remote.input.socket.port'] },
      {
        keys: ['nifi.cluster.load.balance.host'],
        portKeys: ['nifi.cluster.load.balance.port'],
        ports: [6342],
      },
    ],
  },
  {
    // The jar listens on localhost, the image everywhere. MB_DB_HOST is a target.
    name: 'Metabase',
    commands: ['metabase', 'metabase.jar'],
    anywhere: true,
    listeners: [{ variables: ['MB_JETTY_HOST'], portVariables: ['MB_JETTY_PORT'], ports: [3000] }],
  },
  {
    name: 'SonarQube',
    commands: ['sonarqube'],
    anywhere: true,
    files: [{ names: ['sonar.properties'], format: 'properties' }],
    listeners: [
      {
        flags: ['sonar.web.host'],
        variables: ['SONAR_WEB_HOST'],
        keys: ['sonar.web.host'],
        portVariables: ['SONAR_WEB_PORT'],
        portKeys: ['sonar.web.port'],
        ports: [9000],
      },
      { keys: ['sonar.search.host'], portKeys: ['sonar.search.port'], ports: [9001] },
    ],
  },
  {
    name: 'Jenkins',
    commands: ['jenkins', 'jenkins.sh', 'jenkins.war'],
    listeners: [
      { flags: ['http-listen-address'], portFlags: ['http-port'], ports: [8080] },
      { flags: ['https-listen-address'], portFlags: ['https-port'], ports: [8443] },
    ],
  },
  {
    name: 'Sonatype Nexus',
    commands: ['nexus', 'nexus3'],
    files: [{ names: ['nexus.properties', 'org.sonatype.nexus.cfg'], format: 'properties' }],
    listeners: [{ keys: ['application-host'], portKeys: ['application-port'], ports: [8081] }],
  },
];
