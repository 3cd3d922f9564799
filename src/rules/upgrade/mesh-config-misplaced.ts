import { defineRule } from '../rule.ts';
import { controlPlaneSubject } from '../revisions/revision-names.ts';
import { placedAt } from '../subject.ts';

/** The istiod chart reads `meshConfig`, never `global.meshConfig` (charts 1.6 to 1.31), and says nothing about it. */
export default defineRule({
  id: 'mesh-config-misplaced',
  name: 'mesh-config-misplaced',
  level: 'error',
  inputs: ['controlPlanes'],
  summary: 'Mesh configuration stands under `global.meshConfig`, where no chart reads it.',
  messages: {
    global:
      'The mesh config under values.global.meshConfig ({fields}) is not read: the istiod chart reads values.meshConfig.',
  },
  advice:
    'Move it to `meshConfig` at the top of the values. Policies that name a provider set there deny or fail until then.',
  check({ mesh, report }) {
    for (const controlPlane of mesh.controlPlanes) {
      const { unreadMeshConfig, confidence } = controlPlane;
      if (!unreadMeshConfig) continue;
      const subject = placedAt(controlPlaneSubject(controlPlane), unreadMeshConfig.at);
      report(subject, [], 'global', { fields: unreadMeshConfig.fields }, { confidence });
    }
  },
});
