import type { DeclaredChart } from '../environment.ts';

/** A file or directory that installs charts and is no Kubernetes manifest: a Terraform module, a Zarf package. */
export interface DeclaredSource {
  /** `Terraform in infra/prod`. */
  readonly what: string;
  /** Where it stands; what is installed from there goes together. */
  readonly dir: string;
  /** Every file whose content can change it. */
  readonly files: readonly string[];
  /** Charts of Istio; others are not told of. */
  readonly charts: readonly DeclaredChart[];
}
