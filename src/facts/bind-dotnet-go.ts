import type { ProgramFact } from './bind-program.ts';

const APPSETTINGS = [{ names: ['appsettings*.json'], format: 'yaml' }] as const;

/** .NET, and conventions of Go programs that go beyond names (bind-names.ts). */
export const DOTNET_AND_GO_PROGRAMS: readonly ProgramFact[] = [
  {
    // Kestrel takes any name but localhost as every address. The images set http://+:80 or ASPNETCORE_HTTP_PORTS.
    name: 'ASP.NET Core',
    commands: [],
    anywhere: true,
    files: APPSETTINGS,
    listeners: [
      {
        flags: ['urls'],
        flagsAnywhere: true,
        variables: ['ASPNETCORE_URLS', 'DOTNET_URLS', 'URLS'],
        keys: ['Urls', 'urls'],
        ports: [5000],
      },
    ],
  },
  {
    // Kestrel's endpoints win over URLs.
    name: 'Kestrel',
    commands: [],
    anywhere: true,
    files: APPSETTINGS,
    listeners: [
      {
        variables: ['*Kestrel__Endpoints__*__Url'],
        keys: ['Kestrel.Endpoints.*.Url'],
        ports: [5000],
      },
    ],
  },
  {
    // Servers that go-swagger generates are on localhost unless told; images pass 0.0.0.0.
    name: 'go-swagger servers and Weaviate',
    commands: ['weaviate', 'go-swagger'],
    listeners: [
      {
        flags: ['host', 'tls-host'],
        portFlags: ['port', 'tls-port'],
        portVariables: ['PORT'],
        ports: [8080],
      },
    ],
  },
  {
    // Behind kube-rbac-proxy a manager's metrics are on loopback on purpose; a Service then targets the proxy.
    name: 'controller-runtime',
    commands: ['manager'],
    files: [{ names: ['controller_manager_config.yaml', 'controller_manager_config.yml'], format: 'yaml' }],
    listeners: [
      { keys: ['metrics.bindAddress'], ports: [8080] },
      { keys: ['health.healthProbeBindAddress'], ports: [8081] },
      { keys: ['webhook.host'], portKeys: ['webhook.port'], ports: [9443] },
    ],
  },
  {
    name: 'TCP relays of socat',
    commands: ['socat'],
    listeners: [
      {
        words: [
          /^(?:TCP[46]?|OPENSSL)-LISTEN:(?<port>\d{1,5})(?:,[^\s,]+)*?,bind=(?<host>[^\s,]+)/i,
          /^(?:TCP[46]?|OPENSSL)-L(?:ISTEN)?:(?<port>\d{1,5})(?![^\s]*,bind=)/i,
        ],
      },
    ],
  },
];
