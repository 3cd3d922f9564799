import { perObject } from '../remember.ts';
import type { FileProblem, Repository } from '../render/repository.ts';
import type { ParsedFile } from '../yaml/document.ts';
import { isManifestFile } from './manifest-files.ts';

/**
 * The faults in the text of `paths` that whoever deploys them runs into. A folder of manifests holds other JSON and YAML
 * too (data of a seed job, tasks of a pipeline), which nobody applies: manifests speak of `apiVersion` and `kind`.
 * Kustomizations and values need not.
 */
export function problemsOf(paths: ReadonlySet<string>, { problems, files }: Repository): FileProblem[] {
  return problems.filter(({ path }) => {
    const file = files.get(path);
    return file !== undefined && paths.has(path) && (!isManifestFile(file) || holdsObjects(file.parsed));
  });
}

/** A fault may stand in the very lines that name the kind, so the words are enough. A file that is no text may hold any. */
const holdsObjects = perObject(({ documents: [first] }: ParsedFile): boolean => {
  if (!first) return true;
  const text = first.textOf(1, Number.MAX_SAFE_INTEGER);
  return /\bapiVersion\b/.test(text) && /\bkind\b/.test(text);
});
