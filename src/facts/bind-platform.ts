import type { ProgramFact } from './bind-program.ts';

/** Kubernetes components, mail, access and developer platforms. */
export const PLATFORM_PROGRAMS: readonly ProgramFact[] = [
  {
    // Scheduler and controller manager ship with 127.0.0.1, usually on the host's network and so outside the mesh.
    name: 'Kubernetes components',
    commands: [
      'kube-apiserver',
      'kube-scheduler',
      'kube-controller-manager',
      'kube-proxy',
      'kubelet',
      'metrics-server',
      'kube-state-metrics',
    ],
    listeners: [
      {
        flags: ['bind-address', 'address'],
        portFlags: ['secure-port', 'port'],
        ports: [6443, 10_259, 10_257, 10_250],
      },
      { flags: ['host'], portFlags: ['port'], ports: [8080] },
      { flags: ['telemetry-host'], portFlags: ['telemetry-port'], ports: [8081] },
      { flags: ['metrics-bind-address'], ports: [10_249] },
      { flags: ['healthz-bind-address'], ports: [10_256] },
      { flags: ['insecure-bind-address'], portFlags: ['insecure-port'], ports: [8080] },
    ],
  },
  {
    // domain, root_url and SSH_DOMAIN are public names.
    name: 'Gitea and Forgejo',
    commands: ['gitea', 'forgejo'],
    anywhere: true,
    files: [{ names: ['app.ini'], format: 'ini' }],
    listeners: [
      {
        variables: ['GITEA__server__HTTP_ADDR', 'FORGEJO__server__HTTP_ADDR'],
        keys: ['server.HTTP_ADDR'],
        portVariables: ['GITEA__server__HTTP_PORT', 'FORGEJO__server__HTTP_PORT'],
        portKeys: ['server.HTTP_PORT'],
        ports: [3000],
      },
      {
        variables: ['GITEA__server__SSH_LISTEN_HOST'],
        keys: ['server.SSH_LISTEN_HOST'],
        portKeys: ['server.SSH_LISTEN_PORT'],
        ports: [22],
      },
    ],
  },
  {
    // --repo-server and --redis are targets.
    name: 'Argo CD',
    commands: ['argocd-server', 'argocd-repo-server', 'argocd-application-controller', 'argocd'],
    listeners: [
      {
        flags: ['address'],
        portFlags: ['port'],
        variables: ['ARGOCD_SERVER_LISTEN_ADDRESS', 'ARGOCD_REPO_SERVER_LISTEN_ADDRESS'],
        ports: [8080, 8081],
      },
      {
        flags: ['metrics-address'],
        portFlags: ['metrics-port'],
        variables: ['ARGOCD_SERVER_METRICS_LISTEN_ADDRESS'],
        ports: [8083],
      },
    ],
  },
  {
    name: 'code-server',
    commands: ['code-server'],
    files: [{ names: ['code-server/config.yaml'], format: 'yaml' }],
    listeners: [
      {
        flags: ['bind-addr', 'host'],
        keys: ['bind-addr'],
        portFlags: ['port'],
        portVariables: ['PORT'],
        ports: [8080],
      },
    ],
  },
  {
    name: 'RStudio Server',
    commands: ['rserver'],
    images: ['rstudio'],
    files: [{ names: ['rserver.conf'], format: 'properties' }],
    listeners: [
      {
        flags: ['www-address'],
        keys: ['www-address'],
        portFlags: ['www-port'],
        portKeys: ['www-port'],
        ports: [8787],
      },
    ],
  },
  {
    name: 'WireMock',
    commands: ['wiremock'],
    listeners: [{ flags: ['bind-address'], portFlags: ['port'], ports: [8080] }],
  },
  {
    name: 'LocalStack',
    commands: ['localstack'],
    anywhere: true,
    listeners: [{ variables: ['GATEWAY_LISTEN'], ports: [4566] }],
  },
  {
    name: 'MailHog and Mailpit',
    commands: ['MailHog', 'mailhog', 'mailpit'],
    anywhere: true,
    listeners: [
      {
        flags: ['smtp-bind-addr', 'smtp'],
        variables: ['MH_SMTP_BIND_ADDR', 'MP_SMTP_BIND_ADDR'],
        ports: [1025],
      },
      { flags: ['api-bind-addr'], variables: ['MH_API_BIND_ADDR'], ports: [8025] },
      { flags: ['ui-bind-addr', 'listen'], variables: ['MH_UI_BIND_ADDR', 'MP_UI_BIND_ADDR'], ports: [8025] },
      { variables: ['MP_POP3_BIND_ADDR'], ports: [1110] },
    ],
  },
  {
    // mynetworks is a filter, relayhost a target.
    name: 'Postfix',
    commands: ['postfix'],
    files: [{ names: ['main.cf', 'main*.cf'], format: 'properties' }],
    listeners: [{ keys: ['inet_interfaces'], ports: [25, 587] }],
  },
  {
    name: 'OpenSSH server',
    commands: ['sshd'],
    images: ['openssh-server', 'sftp'],
    files: [{ names: ['sshd_config', 'sshd_config.d/*'], format: 'directives' }],
    listeners: [{ keys: ['ListenAddress'], portFlags: ['p'], portKeys: ['Port'], ports: [22], take: 'word' }],
  },
  {
    // HASURA_GRAPHQL_DATABASE_URL is a target.
    name: 'Hasura',
    commands: ['graphql-engine'],
    anywhere: true,
    listeners: [
      {
        flags: ['server-host'],
        variables: ['HASURA_GRAPHQL_SERVER_HOST'],
        portFlags: ['server-port'],
        portVariables: ['HASURA_GRAPHQL_SERVER_PORT'],
        ports: [8080],
      },
    ],
  },
  {
    // `*`, `*4`, `!4` are every address. PGRST_DB_URI is a target.
    name: 'PostgREST',
    commands: ['postgrest'],
    anywhere: true,
    files: [{ names: ['postgrest*.conf'], format: 'properties' }],
    listeners: [
      {
        variables: ['PGRST_SERVER_HOST'],
        keys: ['server-host'],
        portVariables: ['PGRST_SERVER_PORT'],
        portKeys: ['server-port'],
        ports: [3000],
      },
    ],
  },
];
