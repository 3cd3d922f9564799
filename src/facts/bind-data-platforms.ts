import type { ProgramFact } from './bind-program.ts';

/** Platforms that process data on many machines. */
export const DATA_PLATFORMS: readonly ProgramFact[] = [
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
      {
        flags: ['spark.driver.bind-address'],
        keys: ['spark.driver.bindAddress'],
        portFlags: ['spark.driver.port'],
        portKeys: ['spark.driver.port'],
      },
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
  {
    name: 'Apache Zeppelin',
    commands: ['zeppelin.sh', 'zeppelin-daemon.sh', 'zeppelin'],
    anywhere: true,
    files: [{ names: ['zeppelin-site.xml'], format: 'xml' }],
    listeners: [
      {
        variables: ['ZEPPELIN_ADDR'],
        keys: ['**.zeppelin.server.addr'],
        portVariables: ['ZEPPELIN_PORT'],
        portKeys: ['**.zeppelin.server.port'],
        ports: [8080],
      },
    ],
  },
];
