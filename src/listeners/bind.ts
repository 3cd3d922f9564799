import type { ContainerModel } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';
import type { Path } from '../vocabulary.ts';
import type { Address, Reach } from './address.ts';

/** An address that a container listens on, as far as its manifest and its ConfigMaps say. */
export interface Bind {
  readonly reach: Reach;
  readonly host: string;
  readonly port: number;
  /** As written: `--address=127.0.0.1:8080`, `SERVER_ADDRESS=127.0.0.1`, `bind 127.0.0.1`. */
  readonly setting: string;
  /** The program whose setting it is known to be; '' when it is read off its name. */
  readonly program: string;
  /** `weak`: a name that clients use for their targets too. */
  readonly trust: 'known' | 'named' | 'weak';
  readonly source: BindSource;
  /** The field of the workload that says so or brings the file that does. */
  readonly path: Path;
  /** Where the value stands when it comes from a ConfigMap; `line` of its text, from 0, for a file. */
  readonly configMap?: { readonly resource: Resource; readonly path: Path; readonly line?: number };
}

/** `default`: nothing is set, and the program listens on loopback then. */
export type BindSource = 'argument' | 'variable' | 'file' | 'default';

/** A setting that holds addresses, before they are taken apart. */
export type Written = Pick<Bind, 'setting' | 'program' | 'trust' | 'source' | 'path' | 'configMap'>;

const SECRET =
  /((?:passw|secret|token|credential|api[_-]?key|private)[\w-]{0,40}["']?\s?[=:\s]\s?["']?)[^\s,;"'&]+/gi;

/** A setting as it may be shown: what stands beside the address may be a secret. */
export function shownSetting({ setting }: Pick<Bind, 'setting'>): string {
  return setting.replace(SECRET, '$1…').replace(/:\/\/[^\s/@]{1,200}@/g, '://…@');
}

/** Whether a text holds something that is called a secret. */
export function namesSecret(text: string): boolean {
  return text.search(SECRET) >= 0 || /:\/\/[^\s/@:]{1,100}:[^\s/@]{1,100}@/.test(text);
}

/** Those on a port that the container declares: what a weak name says is believed of no other. */
export function declaredOnly(binds: readonly Bind[], { ports }: ContainerModel): Bind[] {
  return binds.filter((bind) => ports.some(({ port }) => port === bind.port));
}

/** One bind for each address, on its own port or on each of `ports`. An address without any port is none. */
export function bindsFrom(addresses: readonly Address[], ports: readonly number[], written: Written): Bind[] {
  return addresses.flatMap(({ host, port: own, reach }) =>
    (own === undefined ? ports : [own]).map((port) => ({ host, reach, port, ...written })),
  );
}
