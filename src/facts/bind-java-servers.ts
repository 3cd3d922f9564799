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
  {
    // The shipped file says localhost, which the image rewrites: a file of one's own can bring it back.
    name: 'Apache Flink',
    commands: ['flink', 'jobmanager.sh', 'taskmanager.sh', 'start-cluster.sh'],
    files: [{ names: ['flink-conf.yaml', 'flink*.yaml'], format: 'yaml' }],
    listeners: [
      {
        flags: ['rest.bind-address'],
        keys: ['rest.bind-address'],
        portKeys: ['rest.bind-port', 'rest.port'],
        ports: [8081],
      },
      {
        flags: ['jobmanager.bind-host'],
        keys: ['jobmanager.bind-host'],
        portKeys: ['jobmanager.rpc.port'],
        ports: [6123],
      },
      {
        flags: ['taskmanager.bind-host'],
        keys: ['taskmanager.bind-host'],
        portKeys: ['taskmanager.rpc.port'],
        ports: [6122],
      },
    ],
  },
  {
    // spark.driver.host is what executors are told.
    name: 'Apache Spark',
    commands: ['spark', 'spark-submit', 'spark-class'],
    files: [{ names: ['spark-defaults.conf', 'spark.properties'], format: 'properties' }],
    listeners: [
      { keys: ['spark.driver.bindAddress'], portKeys: ['spark.driver.port'] },
      { variables: ['SPARK_LOCAL_IP'], portVariables: ['SPARK_MASTER_PORT'], ports: [7077, 8080, 4040] },
    ],
  },
  {
    // Unset, the daemons listen on the address of the host name, which is the pod's.
    name: 'Hadoop and HBase',
    commands: ['hadoop', 'hdfs', 'yarn', 'hbase'],
    files: [
      {
        names: ['hdfs-site.xml', 'yarn-site.xml', 'core-site.xml', 'hbase-site.xml', 'mapred-site.xml'],
        format: 'xml',
      },
    ],
    listeners: [
      { keys: ['**.dfs.namenode.rpc-bind-host'], portKeys: [], ports: [8020, 9000] },
      { keys: ['**.dfs.namenode.servicerpc-bind-host'], ports: [8022] },
      { keys: ['**.dfs.namenode.http-bind-host'], ports: [9870, 50070] },
      { keys: ['**.dfs.namenode.https-bind-host'], ports: [9871] },
      { keys: ['**.yarn.resourcemanager.bind-host'], ports: [8032, 8030, 8031, 8033, 8088] },
      { keys: ['**.yarn.nodemanager.bind-host'], ports: [8042, 8040] },
      { keys: ['**.mapreduce.jobhistory.bind-host'], ports: [10020, 19888] },
    ],
  },
];
