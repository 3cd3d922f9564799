import type { Repository } from '../../render/repository.ts';
import { parentOf } from '../repository-path.ts';
import type { DeclaredSource } from './declared-source.ts';
import { HclError, type HclBody } from './hcl.ts';
import { parseHcl } from './hcl-parse.ts';
import {
  calledDirectory,
  moduleCharts,
  type TerraformFile,
  type TerraformFiles,
} from './terraform-module.ts';
import { TerraformWork } from './terraform-values.ts';

/** Files that are read at most: those whose path speaks of meshes, charts or clusters first. */
const MOST_FILES = 150;
const MOST_BYTES = 128 * 1024;

const TERRAFORM = /(?:^|\/)(?:[^/]+\.tf|terraform\.tfvars|[^/]+\.auto\.tfvars)$/;
const ASIDE = /(?:^|\/)(?:\.terraform|node_modules|vendor|test|tests|testdata|examples?|samples?)\//;
const LIKELY = /istio|mesh|helm|addon|k8s|kube|cluster|eks|gke|aks/i;

/** What parsed before, by content. */
export type KnownTerraform = Map<string, HclBody | undefined>;

/**
 * What Terraform installs of Istio: `helm_release` with its values, by root module. A repository without a word of Istio in its
 * files is not looked at any further.
 */
export async function terraformSources(
  repository: Repository,
  known: KnownTerraform,
): Promise<DeclaredSource[]> {
  const listed = repository.snapshot
    .list()
    .filter(
      ({ path, kind, size = 0 }) =>
        kind === 'file' && size <= MOST_BYTES && TERRAFORM.test(path) && !ASIDE.test(path),
    );
  const wanted = [
    ...listed.filter(({ path }) => LIKELY.test(path)),
    ...listed.filter(({ path }) => !LIKELY.test(path)),
  ];
  const read = await Promise.all(
    wanted.slice(0, MOST_FILES).map(async ({ path, blob }) => {
      if (!known.has(blob)) known.set(blob, parsed((await repository.text(path)) ?? ''));
      const body = known.get(blob);
      return body ? [{ path, body }] : [];
    }),
  );
  const files = new Map<string, TerraformFile[]>();
  for (const file of read.flat().sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const dir = parentOf(file.path);
    files.set(dir, [...(files.get(dir) ?? []), file]);
  }
  const work = new TerraformWork();
  return rootsOf(files).flatMap((dir) => sourceOf(dir, files, repository, work));
}

function sourceOf(
  dir: string,
  files: TerraformFiles,
  repository: Repository,
  work: TerraformWork,
): DeclaredSource[] {
  const { charts, dirs } = moduleCharts(dir, files, repository, work);
  if (charts.length === 0) return [];
  const paths = [...dirs].flatMap((one) => (files.get(one) ?? []).map(({ path }) => path));
  const places = charts.flatMap((chart) => [chart.at.file, chart.valueAt([]).file]);
  const all = [...new Set([...paths, ...places.filter((path) => repository.has(path))])].sort();
  return [{ what: `Terraform in ${dir || 'the root'}`, dir, files: all, charts }];
}

/** Directories that no module call leads to. */
function rootsOf(files: TerraformFiles): string[] {
  const called = new Set<string>();
  for (const [dir, own] of files) {
    for (const { body } of own) {
      for (const block of body.blocks) {
        const target = block.type === 'module' ? calledDirectory(block, dir) : undefined;
        if (target !== undefined && target !== dir) called.add(target);
      }
    }
  }
  return [...files.keys()].filter((dir) => !called.has(dir)).sort();
}

/** `undefined` for what is no HCL as we read it. */
function parsed(text: string): HclBody | undefined {
  try {
    return parseHcl(text);
  } catch (error) {
    if (error instanceof HclError) return undefined;
    throw error;
  }
}
