import { spawn, type SpawnOptions } from 'node:child_process';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/**
 * The one module that loads the Kubernetes client, which is large: import it when a cluster is to be read. What it throws is
 * plain text of our own; what the client throws may hold pieces of the kubeconfig, and stays here.
 */

/** A kubeconfig's way to one API server. */
export interface ClusterAccess {
  readonly server: URL;
  readonly context: string;
  /** The context's namespace; '' for none. */
  readonly namespace: string;
  /** Certificates, agent (proxies included) and authorization for one request. Rejects when a credential plugin fails. */
  options(): Promise<RequestOptions>;
}

export type Opened =
  | { readonly access: ClusterAccess; readonly problem?: never }
  | { readonly access?: never; readonly problem: string };

/** A credential plugin that takes longer waits for a person. Milliseconds. */
const PLUGIN_TIMEOUT = 60_000;

/**
 * As kubectl finds it: the file given, else KUBECONFIG, else ~/.kube/config, else the service account of a pod.
 * @param context instead of the current one.
 */
export function openKubeconfig(file: string | undefined, context: string | undefined): Opened {
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromDefault();
    else config.loadFromFile(file);
  } catch {
    return { problem: `${file ?? 'The kubeconfig'} cannot be read as a kubeconfig.` };
  }
  // Where the client finds nothing it makes something up.
  if (file === undefined && config.getCurrentContext() === 'loaded-context') {
    return {
      problem: 'There is no kubeconfig: neither KUBECONFIG nor ~/.kube/config, nor a service account.',
    };
  }
  return selected(config, context);
}

function selected(config: KubeConfig, context: string | undefined): Opened {
  if (context !== undefined) config.setCurrentContext(context);
  const name = config.getCurrentContext();
  if (!name) return { problem: 'The kubeconfig has no current context.' };
  const chosen = config.getContextObject(name);
  const cluster = config.getCurrentCluster();
  if (!chosen) return { problem: `The kubeconfig has no context "${name}"${knownNames(config)}.` };
  if (!cluster || !config.getCurrentUser()) {
    return { problem: `The context "${name}" names a cluster or a user that the kubeconfig does not have.` };
  }
  if (!URL.canParse(cluster.server)) return { problem: `The server of context "${name}" is no address.` };
  const server = new URL(cluster.server);
  // The client refuses plain HTTP unless it is told that nothing is to be verified; there is nothing to verify.
  if (server.protocol === 'http:') Object.assign(cluster, { skipTLSVerify: true });
  boundPlugins(config);
  return {
    access: {
      server,
      context: name,
      namespace: chosen.namespace ?? '',
      async options() {
        const options: RequestOptions = {};
        await config.applyToHTTPSOptions(options);
        return options;
      },
    },
  };
}

function knownNames(config: KubeConfig): string {
  const names = config.getContexts().map(({ name }) => name);
  return names.length === 0 ? '' : `; it has ${names.slice(0, 8).join(', ')}`;
}

type Start = (command: string, args: readonly string[] | undefined, options: SpawnOptions) => unknown;

/** Plugins are killed when they wait for somebody, and told what they are asked for, as kubectl tells them. */
function boundPlugins(config: KubeConfig): void {
  const exec = config.getCurrentUser()?.exec as { readonly apiVersion?: string } | undefined;
  const info = {
    apiVersion: exec?.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false },
  };
  const start: Start = (command, args, options) =>
    spawn(command, args ?? [], {
      ...options,
      env: { ...(options.env ?? process.env), KUBERNETES_EXEC_INFO: JSON.stringify(info) },
      timeout: PLUGIN_TIMEOUT,
      killSignal: 'SIGKILL',
    });
  const { authenticators } = config as unknown as { readonly authenticators: { execFn?: Start }[] };
  for (const one of authenticators) if (one.execFn) one.execFn = start;
}
