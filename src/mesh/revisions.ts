import { isKnown } from '../yaml/placeholders.ts';
import { Externals } from './externals.ts';
import type { Installations } from './installations/installation.ts';
import type { ControlPlane } from './mesh.ts';

/** What a label value such as `istio.io/rev: prod` stands for. */
export type RevisionMeaning =
  | { readonly is: 'revision'; readonly revision: string; readonly controlPlane: ControlPlane | undefined }
  | {
      readonly is: 'tag';
      readonly tag: string;
      readonly revision: string;
      readonly controlPlane: ControlPlane | undefined;
    }
  /** Nothing here has that name, but something elsewhere may; `declared`: the settings or the name itself say so. */
  | { readonly is: 'elsewhere'; readonly because: string; readonly declared: boolean }
  /** The environment holds its control planes whole, and none has that name. */
  | { readonly is: 'nothing' }
  | { readonly is: 'placeholder' };

/**
 * Names that providers of managed control planes give: Anthos (`asm-managed`, `asm-1204-5`), AKS (`asm-1-24`), Calisti
 * (`cp-v113x.istio-system`), which are in nobody's repository.
 */
const MANAGED = [/^asm-managed(?:-|$)/, /^asm-\d+-\d+/, /^[\w-]+\.istio-system$/, /^i?cp-v\d/];

/** The names that labels may use in an environment: its revisions, its tags, and what is known to exist elsewhere. */
export class RevisionNames {
  readonly #installations: Installations;
  readonly #world: 'open' | 'closed';
  readonly #externals: Externals;

  constructor(installations: Installations, world: 'open' | 'closed', externals: readonly string[]) {
    this.#installations = installations;
    this.#world = world;
    this.#externals = new Externals(externals);
  }

  /** What the label value `name` stands for. `default` means the default revision, tag or not. */
  meaningOf(name: string): RevisionMeaning {
    if (!isKnown(name)) return { is: 'placeholder' };
    const { controlPlanes, tags, incomplete } = this.#installations;
    const tag = tags.findLast((candidate) => candidate.name === name);
    if (tag) {
      const controlPlane = this.controlPlane(tag.revision);
      return { is: 'tag', tag: name, revision: tag.revision, controlPlane };
    }
    const controlPlane = this.controlPlane(name);
    if (controlPlane) return { is: 'revision', revision: name, controlPlane };
    const elsewhere = this.#elsewhere(name);
    if (elsewhere !== undefined) return { is: 'elsewhere', because: elsewhere, declared: true };
    if (controlPlanes.length === 0) {
      return { is: 'elsewhere', because: 'no control plane is written here', declared: false };
    }
    if (this.#world === 'closed' || incomplete === undefined) return { is: 'nothing' };
    return { is: 'elsewhere', because: incomplete, declared: false };
  }

  controlPlane(revision: string): ControlPlane | undefined {
    return this.#installations.controlPlanes.findLast((candidate) => candidate.revision === revision);
  }

  #elsewhere(name: string): string | undefined {
    const declared = this.#externals.covering(`revision ${name}`, `tag ${name}`);
    if (declared !== undefined) return `declared as existing elsewhere (${declared})`;
    if (MANAGED.some((pattern) => pattern.test(name))) return 'the name is that of a managed control plane';
    return undefined;
  }
}
