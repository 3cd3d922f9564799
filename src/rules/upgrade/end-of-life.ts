import { endOfLife } from '../../facts/releases.ts';
import { defineRule } from '../rule.ts';
import { controlPlaneSubject } from '../revisions/revision-names.ts';

export default defineRule({
  id: 'end-of-life',
  name: 'end-of-life',
  level: 'info',
  inputs: ['controlPlanes'],
  summary: 'A control plane runs a minor of Istio that gets no more security fixes.',
  messages: {
    ended: 'Support for Istio {minor} ended on {day}: this control plane gets no more security fixes.',
  },
  advice: 'Plan the way to a supported minor, one minor at a time in place, or two at a time by revision.',
  check({ mesh, today, report }) {
    for (const controlPlane of mesh.controlPlanes) {
      const { version, confidence } = controlPlane;
      const day = version && endOfLife(version);
      if (day === undefined || today <= day) continue;
      const minor = `${version?.major ?? 1}.${version?.minor ?? 0}`;
      report(controlPlaneSubject(controlPlane), [], 'ended', { minor, day }, { confidence });
    }
  },
});
