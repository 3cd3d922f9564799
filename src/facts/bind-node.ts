import type { ProgramFact } from './bind-program.ts';

/** Frameworks and development servers on Node.js. */
export const NODE_PROGRAMS: readonly ProgramFact[] = [
  {
    name: 'Next.js',
    commands: ['next'],
    subcommands: ['start', 'dev'],
    listeners: [
      { flags: ['H', 'hostname'], portFlags: ['p', 'port'], portVariables: ['PORT'], ports: [3000] },
    ],
  },
  {
    // The standalone server listens on $HOSTNAME, which Kubernetes sets to the name of the pod.
    name: 'Next.js standalone',
    commands: ['server.js'],
    images: ['nextjs', 'next'],
    listeners: [{ variables: ['HOSTNAME'], portVariables: ['PORT'], ports: [3000] }],
  },
  {
    name: 'Nuxt and Nitro',
    commands: ['nuxt', 'nuxi', 'nitro'],
    anywhere: true,
    listeners: [
      {
        variables: ['NITRO_HOST', 'NUXT_HOST'],
        portVariables: ['NITRO_PORT', 'NUXT_PORT', 'PORT'],
        ports: [3000],
      },
    ],
  },
  {
    name: 'Nuxt',
    commands: ['nuxt', 'nuxi'],
    subcommands: ['start', 'dev', 'preview'],
    listeners: [
      { flags: ['H', 'hostname', 'host'], portFlags: ['p', 'port'], portVariables: ['PORT'], ports: [3000] },
    ],
  },
  {
    // ORIGIN and HOST_HEADER are no addresses of its own.
    name: 'SvelteKit, Remix, Strapi, Create React App',
    commands: ['svelte', 'sveltekit', 'remix-serve', 'react-router-serve', 'react-scripts', 'strapi'],
    listeners: [{ variables: ['HOST'], portVariables: ['PORT'], ports: [3000, 1337] }],
  },
  {
    // Without HOST the standalone server listens on localhost.
    name: 'Astro',
    commands: ['astro', 'entry.mjs'],
    listeners: [
      {
        flags: ['host'],
        variables: ['HOST'],
        portFlags: ['port'],
        portVariables: ['PORT'],
        ports: [4321],
        unset: { binds: 'loopback', with: ['entry.mjs', 'preview', 'dev'] },
      },
    ],
  },
  {
    // `--host` alone is every address; hmr.host is the browser's target.
    name: 'Vite',
    commands: ['vite'],
    files: [{ names: ['vite.config.*'], format: 'directives' }],
    listeners: [
      {
        flags: ['host'],
        opens: { flags: ['host'] },
        keys: ['**.server.host', '**.preview.host'],
        lines: [/\b(?:server|preview)\s*:\s*\{[^{}]*?\bhost\s*:\s*["'](?<host>[^"']+)["']/],
        portFlags: ['port'],
        portKeys: ['**.server.port', '**.preview.port'],
        ports: [5173, 4173],
        unset: { binds: 'loopback' },
      },
    ],
  },
  {
    name: 'webpack-dev-server',
    commands: ['webpack', 'webpack-dev-server'],
    listeners: [{ flags: ['host', 'h'], portFlags: ['port', 'p'], ports: [8080] }],
  },
  {
    name: 'Angular CLI',
    commands: ['ng'],
    subcommands: ['serve', 's'],
    listeners: [
      {
        flags: ['host'],
        portFlags: ['port'],
        ports: [4200],
        unset: { binds: 'loopback', with: ['serve', 's'] },
      },
    ],
  },
  {
    name: 'Vue CLI',
    commands: ['vue-cli-service'],
    listeners: [
      { flags: ['host'], variables: ['HOST'], portFlags: ['port'], portVariables: ['PORT'], ports: [8080] },
    ],
  },
  {
    name: 'Gatsby',
    commands: ['gatsby'],
    subcommands: ['serve', 'develop'],
    listeners: [
      {
        flags: ['H', 'host'],
        portFlags: ['p', 'port'],
        ports: [9000, 8000],
        unset: { binds: 'loopback', with: ['serve', 'develop'], unlessVariables: ['GATSBY_HOST'] },
      },
    ],
  },
  {
    name: 'Storybook',
    commands: ['storybook', 'start-storybook'],
    listeners: [{ flags: ['h', 'host'], portFlags: ['p', 'port'], ports: [6006] }],
  },
  {
    // fastify-cli sees that it runs in Kubernetes and opens itself; fastify.listen() in code does not.
    name: 'Fastify',
    commands: ['fastify'],
    anywhere: true,
    listeners: [
      {
        flags: ['a', 'address'],
        variables: ['FASTIFY_ADDRESS'],
        portFlags: ['p', 'port'],
        portVariables: ['FASTIFY_PORT', 'PORT'],
        ports: [3000],
      },
    ],
  },
  {
    name: 'Node.js inspector',
    commands: [],
    anywhere: true,
    listeners: [
      {
        words: [
          /^--inspect(?:-brk|-port|-wait)?=(?<port>\d{1,5})$/,
          /^--inspect(?:-brk|-port|-wait)?=(?<host>\[[^\]\s]*\]|[^:\s[]+)(?::(?<port>\d{1,5}))?$/,
        ],
        switches: ['--inspect', '--inspect-brk', '--inspect-wait'],
        portOnly: 'loopback',
        ports: [9229],
      },
    ],
  },
];
