import type { ProgramFact } from './bind-program.ts';

/** Web servers, reverse proxies and caches. */
export const WEB_SERVERS: readonly ProgramFact[] = [
  {
    // `listen 127.0.0.1` alone is port 80. upstream servers, proxy_pass, resolver, allow and server_name are no addresses of its own.
    name: 'nginx',
    commands: ['nginx', 'openresty', 'nginx-unprivileged'],
    files: [
      {
        names: [
          'nginx*.conf',
          'conf.d/*.conf',
          'sites-enabled/*',
          'default.conf',
          'default.conf.template',
          'nginx/*.conf',
          'nginx/*.template',
        ],
        format: 'directives',
      },
    ],
    listeners: [{ keys: ['**.server.listen', 'listen'], ports: [80], take: 'word' }],
  },
  {
    // <VirtualHost 127.0.0.1:80> selects and binds nothing; ProxyPass and BalancerMember are targets.
    name: 'Apache httpd',
    commands: ['httpd', 'httpd-foreground', 'apache2', 'apache2-foreground', 'apachectl'],
    images: ['apache'],
    files: [
      {
        names: [
          'httpd*.conf',
          'apache2*.conf',
          'ports.conf',
          'apache2/*.conf',
          'httpd/conf*/*.conf',
          'conf/extra/*.conf',
        ],
        format: 'directives',
      },
    ],
    listeners: [{ keys: ['Listen'], take: 'word', ports: [80] }],
  },
  {
    // The applet of the same name: -p [ADDRESS:]PORT.
    name: 'BusyBox httpd',
    commands: ['httpd'],
    listeners: [{ flags: ['p'] }],
  },
  {
    // `server` lines, peers, nameservers and the statistics socket are something else.
    name: 'HAProxy',
    commands: ['haproxy'],
    files: [{ names: ['haproxy*.cfg', 'haproxy*.conf'], format: 'directives' }],
    listeners: [{ keys: ['bind'], take: 'word' }],
  },
  {
    // Clusters are targets. The administration interface is local on purpose unless a Service leads to it.
    name: 'Envoy',
    commands: ['envoy'],
    files: [
      { names: ['envoy*.yaml', 'envoy*.yml', 'envoy*.json', 'envoy/*.yaml', 'lds.yaml'], format: 'yaml' },
    ],
    listeners: [
      {
        keys: [
          'static_resources.listeners.*.address.socket_address.address',
          'staticResources.listeners.*.address.socketAddress.address',
          'resources.*.address.socket_address.address',
        ],
        portKeys: [
          'static_resources.listeners.*.address.socket_address.port_value',
          'staticResources.listeners.*.address.socketAddress.portValue',
          'resources.*.address.socket_address.port_value',
        ],
      },
      {
        keys: ['admin.address.socket_address.address', 'admin.address.socketAddress.address'],
        portKeys: ['admin.address.socket_address.port_value', 'admin.address.socketAddress.portValue'],
      },
    ],
  },
  {
    // Dynamic configuration holds targets.
    name: 'Traefik',
    commands: ['traefik'],
    anywhere: true,
    files: [
      { names: ['traefik*.yml', 'traefik*.yaml'], format: 'yaml' },
      { names: ['traefik*.toml'], format: 'ini' },
    ],
    listeners: [
      {
        flags: ['entrypoints.*.address', 'entry-points.*.address'],
        variables: ['TRAEFIK_ENTRYPOINTS_*_ADDRESS'],
        keys: ['entryPoints.*.address', 'entrypoints.*.address'],
      },
    ],
  },
  {
    // A site's address chooses the port and the name it answers to; only `bind` chooses the interface.
    name: 'Caddy',
    commands: ['caddy'],
    files: [
      { names: ['Caddyfile*', '*.caddy', '*.caddyfile'], format: 'sites' },
      { names: ['caddy*.json'], format: 'yaml' },
    ],
    listeners: [
      { keys: ['site.*.bind'], ports: [80, 443], portKeys: ['site.*.port', 'global.http_port'] },
      { keys: ['apps.http.servers.*.listen.*'] },
      { keys: ['global.admin', 'admin.listen'], variables: ['CADDY_ADMIN'], ports: [2019], take: 'word' },
    ],
  },
  {
    // -T is the management port, -b the backend.
    name: 'Varnish',
    commands: ['varnishd', 'varnish'],
    listeners: [{ flags: ['a'], ports: [80], take: 'heads' }],
  },
  {
    name: 'Squid',
    commands: ['squid'],
    files: [{ names: ['squid*.conf', 'squid/*.conf'], format: 'directives' }],
    listeners: [{ keys: ['http_port', 'https_port'], take: 'word', ports: [3128] }],
  },
  {
    name: 'Privoxy',
    commands: ['privoxy'],
    files: [{ names: ['privoxy/config', 'privoxy*.conf'], format: 'directives' }],
    listeners: [
      { keys: ['listen-address'], ports: [8118], take: 'word', unset: { binds: 'loopback', withFile: true } },
    ],
  },
  {
    name: 'Tinyproxy',
    commands: ['tinyproxy'],
    files: [{ names: ['tinyproxy*.conf'], format: 'directives' }],
    listeners: [{ keys: ['Listen'], portKeys: ['Port'], ports: [8888], take: 'word' }],
  },
  {
    // `accept` with a port only is every address; `connect` is the target.
    name: 'stunnel',
    commands: ['stunnel', 'stunnel4'],
    files: [{ names: ['stunnel*.conf', 'stunnel/*.conf'], format: 'ini' }],
    listeners: [{ keys: ['accept', '*.accept'] }],
  },
  {
    // --target is what it forwards to.
    name: 'Ghostunnel',
    commands: ['ghostunnel'],
    listeners: [{ flags: ['listen'] }, { flags: ['status'] }],
  },
  {
    name: 'Lighttpd',
    commands: ['lighttpd'],
    files: [{ names: ['lighttpd*.conf'], format: 'directives' }],
    listeners: [{ keys: ['**.server.bind'], portKeys: ['**.server.port'], ports: [80] }],
  },
];
