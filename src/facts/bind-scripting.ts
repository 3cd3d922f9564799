import type { ProgramFact } from './bind-program.ts';

/** Servers of Ruby, PHP, Elixir, Rust, Perl and static site generators. */
export const SCRIPTING_PROGRAMS: readonly ProgramFact[] = [
  {
    // localhost in development, 0.0.0.0 in every other RAILS_ENV.
    name: 'Rails',
    commands: ['rails'],
    anywhere: true,
    subcommands: ['s', 'server'],
    listeners: [
      {
        flags: ['b', 'binding'],
        variables: ['BINDING'],
        portFlags: ['p', 'port'],
        portVariables: ['PORT'],
        ports: [3000],
        // In other environments than development it is everywhere.
        unset: {
          binds: 'loopback',
          with: ['s', 'server'],
          unlessFlags: ['e', 'environment'],
          whenVariable: { name: 'RAILS_ENV', value: 'development' },
        },
      },
    ],
  },
  {
    // --control-url is local administration.
    name: 'Puma',
    commands: ['puma'],
    files: [{ names: ['puma*.rb'], format: 'directives' }],
    listeners: [
      {
        flags: ['b', 'bind'],
        keys: ['**.bind'],
        lines: [/^\s*port\s+(?<port>\d{1,5})\s*,\s*["'](?<host>[^"']+)["']/],
        ports: [9292],
        take: 'word',
      },
    ],
  },
  {
    name: 'Unicorn',
    commands: ['unicorn', 'unicorn_rails'],
    files: [{ names: ['unicorn*.rb'], format: 'directives' }],
    listeners: [
      {
        flags: ['l', 'listen', 'o', 'host'],
        keys: ['**.listen'],
        portFlags: ['p', 'port'],
        ports: [8080],
        take: 'word',
      },
    ],
  },
  {
    // rackup is on localhost in development and everywhere otherwise.
    name: 'Thin and rackup',
    commands: ['thin', 'rackup'],
    listeners: [{ flags: ['a', 'address', 'o', 'host'], portFlags: ['p', 'port'], ports: [9292, 3000] }],
  },
  {
    // The stock pool says 127.0.0.1:9000, the image's zz-docker.conf 9000. listen.allowed_clients is a filter.
    name: 'PHP-FPM',
    commands: ['php-fpm'],
    images: ['php'],
    files: [{ names: ['php-fpm.d/*.conf', 'php-fpm.conf', 'www.conf', 'fpm/pool.d/*.conf'], format: 'ini' }],
    listeners: [{ keys: ['*.listen'], ports: [9000] }],
  },
  {
    name: 'PHP built-in server',
    commands: ['php'],
    listeners: [{ flags: ['S'] }],
  },
  {
    name: 'Laravel',
    commands: ['artisan'],
    subcommands: ['serve', 'octane:start'],
    listeners: [
      {
        flags: ['host'],
        variables: ['SERVER_HOST', 'OCTANE_HOST'],
        portFlags: ['port'],
        portVariables: ['SERVER_PORT'],
        ports: [8000],
        unset: { binds: 'loopback', with: ['serve', 'octane:start'] },
      },
    ],
  },
  {
    // rpc.listen is the local interface to its workers.
    name: 'RoadRunner',
    commands: ['rr', 'roadrunner'],
    files: [{ names: ['.rr*.yaml', '.rr*.yml', 'rr.yaml'], format: 'yaml' }],
    listeners: [
      { keys: ['http.address'] },
      { keys: ['metrics.address'] },
      { keys: ['status.address'] },
      { keys: ['grpc.listen'] },
    ],
  },
  {
    name: 'Symfony CLI',
    commands: ['symfony'],
    listeners: [
      {
        flags: ['listen-ip'],
        opens: { flags: ['allow-all-ip'] },
        portFlags: ['port', 'p'],
        ports: [8000],
        unset: { binds: 'loopback', with: ['serve', 'server:start'] },
      },
    ],
  },
  {
    // PHX_HOST and url: [host:] are the public name.
    name: 'Phoenix',
    commands: ['phx.server', 'mix'],
    files: [{ names: ['*.exs'], format: 'directives' }],
    listeners: [
      {
        lines: [
          /\bip:\s*\{(?<host>[\d,\s]{7,40})\}(?:\s*,\s*port:\s*(?<port>\d{1,5}))?/,
          /\bport:\s*(?<port>\d{1,5})\s*,\s*ip:\s*\{(?<host>[\d,\s]{7,40})\}/,
        ],
        ports: [4000],
      },
    ],
  },
  {
    // 127.0.0.1 in every profile since 0.5.
    name: 'Rocket',
    commands: [],
    anywhere: true,
    files: [{ names: ['Rocket.toml'], format: 'ini' }],
    listeners: [
      {
        variables: ['ROCKET_ADDRESS'],
        keys: ['default.address', 'release.address', 'global.address'],
        portVariables: ['ROCKET_PORT'],
        portKeys: ['default.port', 'release.port', 'global.port'],
        ports: [8000],
      },
    ],
  },
  {
    name: 'Leptos',
    commands: [],
    anywhere: true,
    listeners: [{ variables: ['LEPTOS_SITE_ADDR'], ports: [3000] }],
  },
  {
    // morbo is on 127.0.0.1:3000, the daemon command and hypnotoad everywhere.
    name: 'Mojolicious',
    commands: ['daemon', 'prefork', 'morbo', 'hypnotoad'],
    anywhere: true,
    listeners: [{ variables: ['MOJO_LISTEN'] }],
  },
  {
    name: 'Mojolicious daemon',
    commands: ['daemon', 'prefork', 'morbo'],
    listeners: [{ flags: ['l', 'listen'], ports: [3000] }],
  },
  {
    // --baseURL is the public address.
    name: 'Hugo',
    commands: ['hugo'],
    subcommands: ['server', 'serve'],
    listeners: [
      {
        flags: ['bind'],
        portFlags: ['p', 'port'],
        ports: [1313],
        unset: { binds: 'loopback', with: ['server', 'serve'] },
      },
    ],
  },
  {
    name: 'Jekyll',
    commands: ['jekyll'],
    subcommands: ['serve', 'server', 's'],
    listeners: [
      {
        flags: ['H', 'host'],
        portFlags: ['P', 'port'],
        ports: [4000],
        unset: { binds: 'loopback', with: ['serve', 'server', 's'] },
      },
    ],
  },
];
