import type { ProgramFact } from './bind-program.ts';

/** Applications and small servers that are written for Node.js. */
export const NODE_APPLICATIONS: readonly ProgramFact[] = [
  {
    // url and database__connection__host are no addresses of its own.
    name: 'Ghost',
    commands: ['ghost'],
    anywhere: true,
    files: [{ names: ['config.production.json', 'config.development.json'], format: 'yaml' }],
    listeners: [
      {
        variables: ['server__host'],
        keys: ['server.host'],
        portVariables: ['server__port'],
        portKeys: ['server.port'],
        ports: [2368],
      },
    ],
  },
  {
    // N8N_HOST is the public name.
    name: 'n8n',
    commands: ['n8n'],
    anywhere: true,
    listeners: [{ variables: ['N8N_LISTEN_ADDRESS'], portVariables: ['N8N_PORT'], ports: [5678] }],
  },
  {
    name: 'Node-RED',
    commands: ['node-red'],
    files: [{ names: ['node-red*/settings.js', 'data/settings.js', 'settings.js'], format: 'directives' }],
    listeners: [{ keys: ['**.uiHost'], portKeys: ['**.uiPort'], ports: [1880] }],
  },
  {
    name: 'Parse Server',
    commands: ['parse-server'],
    anywhere: true,
    listeners: [
      { flags: ['host'], variables: ['PARSE_SERVER_HOST'], portVariables: ['PORT'], ports: [1337] },
    ],
  },
  {
    name: 'json-server',
    commands: ['json-server'],
    listeners: [
      { flags: ['H', 'host'], portFlags: ['p', 'port'], ports: [3000], unset: { binds: 'loopback' } },
    ],
  },
  {
    // --proxy is a target.
    name: 'http-server (npm)',
    commands: ['http-server'],
    listeners: [{ flags: ['a'], portFlags: ['p', 'port'], portVariables: ['PORT'], ports: [8080] }],
  },
  {
    name: 'serve (npm)',
    commands: ['serve'],
    isCommonWord: true,
    listeners: [{ flags: ['l', 'listen'], ports: [3000] }],
  },
  {
    // kibana.yml's own default is localhost and the image ships 0.0.0.0, which a mounted file replaces.
    name: 'Kibana',
    commands: ['kibana', 'opensearch-dashboards'],
    files: [{ names: ['kibana.yml', 'kibana.yaml', 'opensearch_dashboards.yml'], format: 'yaml' }],
    listeners: [
      {
        flags: ['server.host', 'host', 'H'],
        variables: ['SERVER_HOST'],
        keys: ['server.host'],
        portVariables: ['SERVER_PORT'],
        portKeys: ['server.port'],
        ports: [5601],
        unset: { binds: 'loopback', withFile: true },
      },
    ],
  },
];
