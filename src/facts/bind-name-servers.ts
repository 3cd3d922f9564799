import type { ProgramFact } from './bind-program.ts';

/** Name servers. */
export const NAME_SERVERS: readonly ProgramFact[] = [
  {
    // `prometheus` without an argument is localhost:9153. forward is a target.
    name: 'CoreDNS',
    commands: ['coredns'],
    files: [{ names: ['Corefile*', 'coredns/*'], format: 'sites' }],
    listeners: [
      { keys: ['site.*.bind'], portKeys: ['site.*.port'], ports: [53] },
      { keys: ['**.prometheus'], ports: [9153], empty: { binds: 'loopback' } },
      { keys: ['**.health'], ports: [8080] },
      { keys: ['**.ready'], ports: [8181] },
      { keys: ['**.pprof'], ports: [6053] },
    ],
  },
  {
    // 127.0.0.1 and ::1 without a setting. forward-addr is a target.
    name: 'Unbound',
    commands: ['unbound'],
    files: [{ names: ['unbound*.conf', 'unbound/*.conf'], format: 'directives' }],
    listeners: [
      {
        keys: ['**.interface', '**.ip-address'],
        portKeys: ['**.port'],
        ports: [53],
        unset: { binds: 'loopback', withFile: true },
      },
    ],
  },
  {
    name: 'BIND 9',
    commands: ['named'],
    images: ['bind9'],
    files: [{ names: ['named*.conf*', 'named/*.conf', 'bind/*.conf'], format: 'directives' }],
    listeners: [
      {
        lines: [/^\s*listen-on(?:-v6)?(?:\s+port\s+(?<port>\d{1,5}))?\s*\{\s*(?<host>[^}]*?)\s*\}/],
        ports: [53],
      },
    ],
  },
  {
    name: 'dnsmasq',
    commands: ['dnsmasq'],
    files: [{ names: ['dnsmasq*.conf', 'dnsmasq.d/*'], format: 'properties' }],
    listeners: [
      {
        flags: ['listen-address', 'a'],
        keys: ['listen-address'],
        portFlags: ['port', 'p'],
        portKeys: ['port'],
        ports: [53],
      },
    ],
  },
];
