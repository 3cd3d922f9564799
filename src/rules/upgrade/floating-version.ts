import type { MeshComponent } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

const MATTERS: ReadonlySet<MeshComponent['component']> = new Set(['base', 'istiod', 'cni', 'ztunnel']);

/** Ranges as Helm, Flux and Argo CD take them. */
const RANGE = /[<>=^~*|]|\bx\b|\.x\b/;

export default defineRule({
  id: 'floating-version',
  name: 'floating-version',
  level: 'warning',
  inputs: ['components'],
  summary: 'A part of Istio follows a range of versions, so that it is upgraded without a pull request.',
  messages: {
    range:
      'The {title} follows the range {range}: it is upgraded when a release appears, not when somebody decides.',
  },
  advice:
    'Write one version, and let a bot propose the next. The parts of Istio are to be upgraded in order.',
  check({ mesh, report }) {
    for (const part of mesh.components) {
      if (!MATTERS.has(part.component) || !RANGE.test(part.versionText)) continue;
      report(asResource(part), [], 'range', { title: titleOf(part), range: part.versionText });
    }
  },
});
