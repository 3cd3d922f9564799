import { installable, installs } from '../../facts/sail-operator.ts';
import { parseIstioVersion } from '../../facts/versions.ts';
import type { Evidence } from '../../vocabulary.ts';
import { defineChangeRule } from '../change-rule.ts';
import { friendlyName } from '../suppress.ts';
import { askedVersion, SAIL_OPERATOR_INPUTS, sailOperators } from './sail-operators.ts';

const KINDS = ['Istio', 'IstioRevision', 'IstioCNI', 'ZTunnel'].map((kind) => `${kind}.sailoperator.io`);

/** A release of the Sail operator installs the versions it was built with, and moves its aliases with each release. */
export default defineChangeRule({
  id: 'sail-operator-version',
  name: 'sail-operator-version',
  level: 'error',
  inputs: [...KINDS, ...SAIL_OPERATOR_INPUTS],
  summary: 'The Sail operator does not install the version that is asked for, or its upgrade moves Istio’s.',
  messages: {
    unknown: '{object} asks for {version}, which Sail operator {release} does not install.',
    alias:
      'Sail operator {before} goes to {release}, and {object} follows {version}: Istio is upgraded with it.',
  },
  advice: {
    unknown: 'Upgrade the operator first, or name a version it has: {known}.',
    alias: 'Name a version, so that the operator and Istio are upgraded one after the other.',
  },
  check({ before, after, report }) {
    const [operator, ...others] = sailOperators(after);
    if (!operator || others.some(({ release }) => release !== operator.release)) return;
    const { release, resource, path } = operator;
    const earlier = sailOperators(before)[0]?.release;
    const evidence: Evidence[] = [
      { says: `${friendlyName(resource)} is Sail operator ${release}`, at: resource.origin.at(path) },
    ];
    for (const object of KINDS.flatMap((kind) => after.resources(kind))) {
      const version = askedVersion(object);
      const asked = parseIstioVersion(version);
      if (!asked) continue;
      const data = { object: friendlyName(object), version, release };
      const isKnown = installs(release, asked);
      if (isKnown === false) {
        report(
          object,
          ['spec', 'version'],
          'unknown',
          { ...data, known: installable(release) },
          { evidence },
        );
      } else if (version.endsWith('-latest') && earlier !== undefined && earlier !== release) {
        const options = { level: 'warning', evidence } as const;
        report(object, ['spec', 'version'], 'alias', { ...data, before: earlier }, options);
      }
    }
  },
});
