import type { ProgramFact } from './bind-program.ts';

/** Notebooks, model servers, dashboards and workflow tools. */
export const DATA_SCIENCE_PROGRAMS: readonly ProgramFact[] = [
  {
    // localhost without a setting, but the docker-stacks images open it in their own configuration.
    name: 'Jupyter',
    commands: [
      'jupyter',
      'jupyter-lab',
      'jupyter-notebook',
      'jupyter-server',
      'start-notebook.sh',
      'start-notebook.py',
    ],
    images: [
      'base-notebook',
      'minimal-notebook',
      'scipy-notebook',
      'datascience-notebook',
      'tensorflow-notebook',
    ],
    files: [
      { names: ['jupyter*config.py'], format: 'directives' },
      { names: ['jupyter*config.json'], format: 'yaml' },
    ],
    listeners: [
      {
        flags: ['ip', 'server-app.ip', 'notebook-app.ip', 'lab-app.ip'],
        keys: [
          'c.ServerApp.ip',
          'c.NotebookApp.ip',
          'c.LabApp.ip',
          'c.SingleUserNotebookApp.ip',
          'ServerApp.ip',
          'NotebookApp.ip',
        ],
        portFlags: ['port', 'server-app.port', 'notebook-app.port'],
        portKeys: ['c.ServerApp.port', 'c.NotebookApp.port', 'ServerApp.port', 'NotebookApp.port'],
        ports: [8888],
      },
    ],
  },
  {
    // The public proxy listens everywhere and the Hub's own API on 127.0.0.1; hub_connect_* are targets.
    name: 'JupyterHub',
    commands: ['jupyterhub'],
    images: ['k8s-hub'],
    files: [{ names: ['jupyterhub*.py'], format: 'directives' }],
    listeners: [
      {
        flags: ['ip'],
        keys: ['c.JupyterHub.ip', 'c.JupyterHub.bind_url'],
        portKeys: ['c.JupyterHub.port'],
        ports: [8000],
      },
      {
        keys: ['c.JupyterHub.hub_ip', 'c.JupyterHub.hub_bind_url'],
        portKeys: ['c.JupyterHub.hub_port'],
        ports: [8081],
      },
    ],
  },
  {
    // --backend-store-uri and MLFLOW_TRACKING_URI are targets.
    name: 'MLflow',
    commands: ['mlflow'],
    anywhere: true,
    subcommands: ['server', 'ui', 'serve', 'gateway'],
    listeners: [
      {
        flags: ['h', 'host'],
        variables: ['MLFLOW_HOST'],
        portFlags: ['p', 'port'],
        portVariables: ['MLFLOW_PORT'],
        ports: [5000],
        unset: { binds: 'loopback', with: ['server', 'ui', 'serve'] },
      },
    ],
  },
  {
    name: 'TensorBoard',
    commands: ['tensorboard'],
    listeners: [
      {
        flags: ['host'],
        opens: { flags: ['bind-all'] },
        portFlags: ['port'],
        ports: [6006],
        unset: { binds: 'loopback' },
      },
    ],
  },
  {
    // --node-ip-address and --address are targets or what others are told.
    name: 'Ray',
    commands: ['ray'],
    subcommands: ['start'],
    listeners: [{ flags: ['dashboard-host'], portFlags: ['dashboard-port'], ports: [8265] }],
  },
  {
    // A config.properties of one's own drops the 0.0.0.0 of the image's.
    name: 'TorchServe',
    commands: ['torchserve'],
    files: [{ names: ['config.properties'], format: 'properties' }],
    listeners: [
      { keys: ['inference_address'], ports: [8080] },
      { keys: ['management_address'], ports: [8081] },
      { keys: ['metrics_address'], ports: [8082] },
      { keys: ['grpc_inference_address'], portKeys: ['grpc_inference_port'], ports: [7070] },
      { keys: ['grpc_management_address'], portKeys: ['grpc_management_port'], ports: [7071] },
    ],
  },
  {
    name: 'vLLM',
    commands: ['vllm', 'vllm.entrypoints.openai.api_server', 'vllm.entrypoints.api_server'],
    images: ['vllm-openai'],
    listeners: [{ flags: ['host'], portFlags: ['port'], ports: [8000] }],
  },
  {
    // The same variable is the client's target elsewhere, so it counts only where the server runs.
    name: 'Ollama',
    commands: ['ollama'],
    listeners: [{ variables: ['OLLAMA_HOST'], ports: [11434] }],
  },
  {
    name: 'llama.cpp server',
    commands: ['llama-server', 'llama-cpp-server', 'llama_cpp.server'],
    images: ['llama.cpp'],
    listeners: [
      {
        flags: ['host'],
        variables: ['LLAMA_ARG_HOST'],
        portFlags: ['port'],
        portVariables: ['LLAMA_ARG_PORT'],
        ports: [8080],
      },
    ],
  },
  {
    name: 'Prefect',
    commands: ['prefect'],
    subcommands: ['server', 'start', 'orion'],
    listeners: [
      {
        flags: ['host'],
        variables: ['PREFECT_SERVER_API_HOST'],
        portFlags: ['port'],
        portVariables: ['PREFECT_SERVER_API_PORT'],
        ports: [4200],
        unset: { binds: 'loopback', with: ['start'] },
      },
    ],
  },
  {
    name: 'Dagster',
    commands: ['dagster-webserver', 'dagit', 'dagster'],
    listeners: [{ flags: ['h', 'host'], portFlags: ['p', 'port'], ports: [3000] }],
  },
  {
    // --allow-websocket-origin is a filter.
    name: 'Bokeh and Panel',
    commands: ['bokeh', 'panel'],
    subcommands: ['serve'],
    listeners: [{ flags: ['address'], portFlags: ['port'], ports: [5006] }],
  },
  {
    name: 'Chroma',
    commands: ['chroma', 'chromadb'],
    subcommands: ['run'],
    listeners: [
      { flags: ['host'], portFlags: ['port'], ports: [8000], unset: { binds: 'loopback', with: ['run'] } },
    ],
  },
  {
    name: 'MkDocs',
    commands: ['mkdocs'],
    images: ['mkdocs-material'],
    subcommands: ['serve'],
    files: [{ names: ['mkdocs.yml', 'mkdocs.yaml'], format: 'yaml' }],
    listeners: [
      {
        flags: ['a', 'dev-addr'],
        keys: ['dev_addr'],
        ports: [8000],
        unset: { binds: 'loopback', with: ['serve'] },
      },
    ],
  },
];
