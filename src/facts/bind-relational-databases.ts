import type { ProgramFact } from './bind-program.ts';

/** Relational databases and what pools their connections. */
export const RELATIONAL_DATABASES: readonly ProgramFact[] = [
  {
    // localhost as compiled; the image's generated file says *. `postgres -h` is short for listen_addresses.
    name: 'PostgreSQL',
    commands: ['postgres', 'postgresql', 'postmaster'],
    images: ['postgresql-repmgr', 'timescaledb', 'postgis', 'pgvector'],
    files: [{ names: ['postgresql*.conf', 'postgres*.conf'], format: 'properties' }],
    listeners: [
      {
        flags: ['h', 'listen-addresses'],
        words: [/^(?:--|-c)?listen[_-]addresses=(?<host>\S*)$/],
        keys: ['listen_addresses'],
        portFlags: ['p', 'port'],
        portWords: [/^port=(?<port>\d{1,5})$/],
        portKeys: ['port'],
        ports: [5432],
        // The file that config_file names is the whole configuration, and no listen_addresses in it is localhost.
        unset: { binds: 'loopback', withFile: true, with: ['postgresql.conf'] },
      },
    ],
  },
  {
    // Unset it has no TCP port at all. [databases] host is a target.
    name: 'PgBouncer',
    commands: ['pgbouncer'],
    files: [{ names: ['pgbouncer*.ini'], format: 'ini' }],
    listeners: [
      {
        variables: ['PGBOUNCER_LISTEN_ADDRESS', 'PGBOUNCER_LISTEN_ADDR', 'LISTEN_ADDR'],
        keys: ['pgbouncer.listen_addr'],
        portVariables: ['PGBOUNCER_PORT', 'PGBOUNCER_LISTEN_PORT', 'LISTEN_PORT'],
        portKeys: ['pgbouncer.listen_port'],
        ports: [6432],
      },
    ],
  },
  {
    name: 'Pgpool-II',
    commands: ['pgpool'],
    files: [{ names: ['pgpool*.conf'], format: 'properties' }],
    listeners: [
      {
        keys: ['listen_addresses'],
        portKeys: ['port'],
        ports: [9999],
      },
    ],
  },
  {
    // Everywhere, but for the option files of Debian's packages. [client] host is a target.
    name: 'MySQL and MariaDB',
    commands: ['mysqld', 'mariadbd', 'mysqld_safe'],
    images: ['mysql', 'mariadb', 'percona', 'percona-server', 'mariadb-galera', 'mysql-server'],
    files: [
      {
        names: [
          'my*.cnf',
          'mysql*.cnf',
          'mariadb*.cnf',
          'mysql/conf.d/*.cnf',
          'mysql/*.cnf',
          '50-server.cnf',
        ],
        format: 'ini',
      },
    ],
    listeners: [
      {
        flags: ['bind-address'],
        keys: [
          'mysqld.bind-address',
          'mysqld.bind_address',
          'mariadb.bind-address',
          'mariadb.bind_address',
          'mariadbd.bind-address',
          'server.bind-address',
          'server.bind_address',
        ],
        portFlags: ['port', 'P'],
        portKeys: ['mysqld.port', 'mariadb.port', 'server.port'],
        ports: [3306],
      },
      {
        flags: ['mysqlx-bind-address'],
        keys: ['mysqld.mysqlx-bind-address', 'mysqld.mysqlx_bind_address'],
        ports: [33_060],
      },
    ],
  },
  {
    // In admin_variables the same word is the administration port.
    name: 'ProxySQL',
    commands: ['proxysql'],
    files: [{ names: ['proxysql*.cnf', 'proxysql*.conf'], format: 'directives' }],
    listeners: [{ keys: ['**.interfaces', '**.mysql_ifaces'] }],
  },
  {
    // --advertise-addr, --join and a client's --host are something else.
    name: 'CockroachDB',
    commands: ['cockroach'],
    subcommands: ['start', 'start-single-node', 'demo'],
    listeners: [
      { flags: ['listen-addr'], ports: [26_257] },
      { flags: ['http-addr'], ports: [8080] },
      { flags: ['sql-addr'], ports: [26_257] },
    ],
  },
  {
    // --advertise-*, --pd and --path are no addresses of its own.
    name: 'TiDB, TiKV and PD',
    commands: ['tidb-server', 'tikv-server', 'pd-server'],
    images: ['tidb', 'tikv', 'pd'],
    listeners: [
      { flags: ['addr'], ports: [20_160] },
      { flags: ['status-addr'], ports: [20_180] },
      { flags: ['client-urls'], ports: [2379] },
      { flags: ['peer-urls'], ports: [2380] },
      { flags: ['host'], portFlags: ['P'], ports: [4000] },
    ],
  },
  {
    name: 'SQL Server',
    commands: ['sqlservr'],
    images: ['mssql-server'],
    anywhere: true,
    files: [{ names: ['mssql.conf'], format: 'ini' }],
    listeners: [
      {
        variables: ['MSSQL_IP_ADDRESS'],
        keys: ['network.ipaddress'],
        portVariables: ['MSSQL_TCP_PORT'],
        portKeys: ['network.tcpport'],
        ports: [1433],
      },
    ],
  },
];
