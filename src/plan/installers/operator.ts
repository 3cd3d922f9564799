import { present } from '../moves.ts';
import { sh } from '../shell.ts';
import { NOTHING, REVERT } from '../step.ts';
import { deliveredEdit, withTheirCharts } from '../delivery.ts';
import type { InstallerSteps } from './installer.ts';
import { istioctl } from './istioctl.ts';

/** The in-cluster operator (until 1.23), which installs every IstioOperator object it sees. */
export const operator: InstallerSteps = {
  ...istioctl,
  install: (p) => {
    const places = [{ file: p.to.at.file, resource: p.to.resource }];
    const run = p.delivery.apply(places);
    const isApplied = p.delivery.by === 'kubectl' && run.length > 0;
    const back = isApplied ? [sh`kubectl delete -f ${p.to.at.file}`] : run;
    return {
      ...NOTHING,
      preconditions: withTheirCharts(p.delivery, places),
      run,
      rollback: [REVERT, ...back],
    };
  },
  upgradeInPlace: (p) => {
    const places = [{ file: p.to.at.file, resource: p.to.resource }];
    const run = p.delivery.apply(places);
    return {
      ...NOTHING,
      preconditions: withTheirCharts(p.delivery, places),
      run,
      rollback: [REVERT, ...run],
    };
  },
  remove: (p, { resource, at, release }) => {
    const alone =
      p.head.resources('IstioOperator').filter(({ origin }) => origin.file === at.file).length === 1;
    const edits = alone ? present([p.copy.removeLines(at.file, 1, Infinity, `Remove ${at.file}`)]) : [];
    if (p.delivery.by !== 'kubectl')
      return deliveredEdit(p.delivery, edits, [{ file: at.file, resource }], []);
    const namespace = resource?.namespace === '' ? 'istio-system' : (resource?.namespace ?? 'istio-system');
    return {
      ...NOTHING,
      edits,
      run: [sh`kubectl delete istiooperator ${release ?? 'istiod'} -n ${namespace}`],
      rollback: [REVERT, ...p.delivery.apply([{ file: at.file, resource }])],
    };
  },
};
