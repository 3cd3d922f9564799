import type { Answer } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';

/** What the service registry of an environment knows about a host. */
export interface HostAnswer {
  /** `no` only where the repository plainly owns the answer; then `because` says why. */
  readonly known: Answer;
  /** The Service or ServiceEntry that provides it. */
  readonly provider: Resource | undefined;
  /** Port numbers the provider exposes; [] when unknown. */
  readonly ports: readonly number[];
  /** Labels a ServiceEntry's workloadSelector asks for. */
  readonly workloadSelector: Readonly<Record<string, string>>;
  /** The host after short names are completed. */
  readonly fqdn: string;
  readonly confidence: 'certain' | 'likely';
  readonly because: string;
  /** A known host that differs by a slip of the finger, when there is one. */
  readonly nearMiss: string | undefined;
}
