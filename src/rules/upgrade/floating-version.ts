import type { MeshComponent } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

/** The one whose range matters most comes first. */
const MATTERS: readonly MeshComponent['component'][] = ['istiod', 'base', 'cni', 'ztunnel'];

/** Ranges as Helm, Flux and Argo CD take them, and names that move: the Sail operator's `v1.30-latest`, an image's `latest`. */
const FLOATS = /[<>^~*|]|(?:^|\.)[xX](?:\.|$)|\s-\s|(?:^|-)latest$/;

/** One finding for all parts that follow the same text: it is one decision. */
export default defineRule({
  id: 'floating-version',
  name: 'floating-version',
  level: 'warning',
  inputs: ['components'],
  summary: 'A part of Istio follows a range of versions, so that it is upgraded without a pull request.',
  messages: {
    range:
      'The {title} follows a range of versions: it is upgraded when a release appears, not when somebody decides.',
  },
  advice:
    'Write one version, and let a bot propose the next. The parts of Istio are to be upgraded in order.',
  check({ mesh, report }) {
    const floating = MATTERS.flatMap((kind) =>
      mesh.components.filter(({ component, versionText }) => component === kind && floats(versionText)),
    );
    const told = new Set<string>();
    for (const part of floating) {
      if (told.has(part.versionText)) continue;
      told.add(part.versionText);
      const evidence = floating
        .filter(({ versionText }) => versionText === part.versionText)
        .map((one) => ({ says: `the ${titleOf(one)} follows ${one.versionText}`, at: one.at }));
      report(asResource(part), [], 'range', { title: titleOf(part) }, { evidence });
    }
  },
});

function floats(versionText: string): boolean {
  return isKnown(versionText) && FLOATS.test(versionText);
}
