import { memorySnapshot } from '../../src/source/memory.ts';
import { ContentCache, readRepository } from '../../src/render/read-repository.ts';
import type { HelmRelease } from '../../src/render/helm-release.ts';
import type { Rendered } from '../../src/render/rendered.ts';
import type { Renderers } from '../../src/render/renderers.ts';

/** Renderers that answer what they are told to and remember what they were asked. */
export class FakeRenderers implements Renderers {
  readonly releases: HelmRelease[] = [];
  readonly overlays: string[] = [];
  private readonly answers: Readonly<Record<string, string>>;

  private readonly byTool: boolean;

  /** @param answers manifests by the directory of the chart or overlay; what is not there fails, with `byTool` by the tool's own word */
  constructor(answers: Readonly<Record<string, string>>, options: { readonly byTool?: true } = {}) {
    this.answers = answers;
    this.byTool = options.byTool === true;
  }

  async kustomize(dir: string): Promise<Rendered> {
    this.overlays.push(dir);
    return this.answer(dir, `${dir}/kustomization.yaml`);
  }

  async helm(release: HelmRelease): Promise<Rendered> {
    this.releases.push(release);
    return this.answer(release.path, `${release.path}/templates/all.yaml`);
  }

  private async answer(dir: string, file: string): Promise<Rendered> {
    const text = this.answers[dir];
    if (text === undefined) {
      const at = { file, line: 1, column: 1, endLine: 1 };
      const own = this.byTool ? { byTool: true, at } : {};
      return { resources: [], unchecked: [], failed: { why: 'the tool says no', ...own }, files: [file] };
    }
    const read = await readRepository(memorySnapshot('out', { [file]: text }), new ContentCache());
    return { resources: read.files.get(file)?.resources ?? [], unchecked: [], files: [file] };
  }
}
