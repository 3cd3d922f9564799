import type { ProgramFact } from './bind-program.ts';

/** Python's application servers, development servers and tools with a web interface. */
export const PYTHON_PROGRAMS: readonly ProgramFact[] = [
  {
    // The default is 127.0.0.1:8000, and 0.0.0.0:$PORT when PORT is set (docs.gunicorn.org, settings: bind).
    name: 'gunicorn',
    commands: ['gunicorn'],
    files: [{ names: ['gunicorn*.py', 'gunicorn*.conf'], format: 'directives' }],
    listeners: [
      {
        flags: ['b', 'bind'],
        keys: ['bind'],
        ports: [8000],
        unset: { binds: 'loopback', unlessVariables: ['PORT', 'GUNICORN_CMD_ARGS'] },
      },
    ],
  },
  {
    name: 'uvicorn',
    commands: ['uvicorn'],
    anywhere: true,
    listeners: [
      {
        flags: ['host'],
        variables: ['UVICORN_HOST'],
        portFlags: ['port'],
        portVariables: ['UVICORN_PORT'],
        ports: [8000],
        unset: {
          binds: 'loopback',
          unlessFlags: ['uds', 'fd'],
          unlessVariables: ['UVICORN_UDS', 'UVICORN_FD'],
        },
      },
    ],
  },
  {
    name: 'hypercorn',
    commands: ['hypercorn'],
    files: [{ names: ['hypercorn*.toml', 'hypercorn*.py'], format: 'ini' }],
    listeners: [
      {
        flags: ['b', 'bind', 'insecure-bind', 'quic-bind'],
        keys: ['bind'],
        ports: [8000],
        unset: { binds: 'loopback' },
      },
    ],
  },
  {
    name: 'daphne',
    commands: ['daphne'],
    listeners: [
      {
        flags: ['b', 'bind'],
        words: [/^tcp:port=(?<port>\d{1,5}):interface=(?<host>[^:\s]+)/],
        portFlags: ['p', 'port'],
        ports: [8000],
        unset: { binds: 'loopback', unlessFlags: ['u', 'unix-socket', 'e', 'endpoint', 'fd'] },
      },
    ],
  },
  {
    name: 'waitress',
    commands: ['waitress-serve', 'waitress'],
    listeners: [{ flags: ['listen', 'host'], portFlags: ['port'], ports: [8080] }],
  },
  {
    // `:8080` is every address. The master's `stats` socket is local on purpose.
    name: 'uWSGI',
    commands: ['uwsgi'],
    anywhere: true,
    files: [{ names: ['uwsgi*.ini', 'uwsgi.conf'], format: 'ini' }],
    listeners: [
      {
        flags: ['http', 'http-socket', 'https', 'socket', 'uwsgi-socket', 'fastcgi-socket', 's'],
        variables: ['UWSGI_HTTP', 'UWSGI_HTTP_SOCKET', 'UWSGI_SOCKET', 'UWSGI_HTTPS'],
        keys: [
          'uwsgi.http',
          'uwsgi.http-socket',
          'uwsgi.https',
          'uwsgi.socket',
          'uwsgi.uwsgi-socket',
          'uwsgi.fastcgi-socket',
        ],
      },
    ],
  },
  {
    // SERVER_NAME is the name in URLs. app.run(host=...) in code cannot be seen.
    name: 'Flask',
    commands: ['flask'],
    anywhere: true,
    subcommands: ['run'],
    listeners: [
      {
        flags: ['h', 'host'],
        portFlags: ['p', 'port'],
        portVariables: ['FLASK_RUN_PORT'],
        variables: ['FLASK_RUN_HOST'],
        ports: [5000],
        unset: { binds: 'loopback', with: ['run'] },
      },
    ],
  },
  {
    // `runserver 8000` keeps 127.0.0.1; `runserver 0:8000` is 0.0.0.0 (Django's management/commands/runserver.py).
    name: 'Django runserver',
    commands: ['manage.py', 'django-admin', 'django-admin.py'],
    subcommands: ['runserver', 'runserver_plus'],
    listeners: [
      {
        after: ['runserver', 'runserver_plus'],
        ports: [8000],
        portOnly: 'loopback',
        unset: { binds: 'loopback', with: ['runserver', 'runserver_plus'] },
      },
    ],
  },
  {
    // `fastapi run` listens everywhere, `fastapi dev` on 127.0.0.1.
    name: 'FastAPI',
    commands: ['fastapi'],
    subcommands: ['run', 'dev'],
    listeners: [
      { flags: ['host'], portFlags: ['port'], ports: [8000], unset: { binds: 'loopback', with: ['dev'] } },
    ],
  },
  {
    // Only the module on the command line; web.run_app() in code listens everywhere.
    name: 'aiohttp',
    commands: ['aiohttp.web'],
    listeners: [
      { flags: ['H', 'hostname'], portFlags: ['P', 'port'], ports: [8080], unset: { binds: 'loopback' } },
    ],
  },
  {
    name: 'Python http.server',
    commands: ['http.server'],
    listeners: [{ flags: ['b', 'bind'], portAfter: ['http.server'], ports: [8000] }],
  },
  {
    // browser.serverAddress is what the user's browser is told.
    name: 'Streamlit',
    commands: ['streamlit'],
    anywhere: true,
    files: [{ names: ['.streamlit/config.toml'], format: 'ini' }],
    listeners: [
      {
        flags: ['server.address'],
        variables: ['STREAMLIT_SERVER_ADDRESS'],
        keys: ['server.address'],
        portFlags: ['server.port'],
        portVariables: ['STREAMLIT_SERVER_PORT'],
        portKeys: ['server.port'],
        ports: [8501],
      },
    ],
  },
  {
    name: 'Gradio',
    commands: ['gradio'],
    anywhere: true,
    listeners: [{ variables: ['GRADIO_SERVER_NAME'], portVariables: ['GRADIO_SERVER_PORT'], ports: [7860] }],
  },
  {
    name: 'Celery Flower',
    commands: ['flower'],
    anywhere: true,
    listeners: [
      {
        flags: ['address'],
        variables: ['FLOWER_ADDRESS'],
        portFlags: ['port'],
        portVariables: ['FLOWER_PORT'],
        ports: [5555],
      },
    ],
  },
  {
    name: 'Apache Superset',
    commands: ['superset'],
    anywhere: true,
    listeners: [{ variables: ['SUPERSET_BIND_ADDRESS'], portVariables: ['SUPERSET_PORT'], ports: [8088] }],
  },
  {
    // Airflow 2 webserver and Airflow 3 API server; BASE_URL is the public address.
    name: 'Apache Airflow',
    commands: ['airflow'],
    anywhere: true,
    listeners: [
      {
        flags: ['H', 'hostname'],
        variables: ['AIRFLOW__WEBSERVER__WEB_SERVER_HOST', 'AIRFLOW__API__HOST'],
        portFlags: ['p', 'port'],
        portVariables: ['AIRFLOW__WEBSERVER__WEB_SERVER_PORT', 'AIRFLOW__API__PORT'],
        ports: [8080],
      },
    ],
  },
  {
    name: 'supervisord',
    commands: ['supervisord'],
    files: [{ names: ['supervisord*.conf', 'supervisord*.ini'], format: 'ini' }],
    listeners: [{ keys: ['inet_http_server.port'] }],
  },
];
