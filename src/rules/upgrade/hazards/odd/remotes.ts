import { settingHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Remote bases whose address is like the first argument, an expression. */
export const remoteBase: OddLook = {
  inputs: ['remotes'],
  hits: ({ remotes }, [address = '']) => {
    const pattern = new RegExp(address);
    return remotes.flatMap(({ what, at }) =>
      at && what.length < 2048 && pattern.test(what)
        ? [settingHit({ kind: 'Kustomization', namespace: '', name: at.file }, () => at, what, undefined)]
        : [],
    );
  },
};

/** Charts that Chart.yaml, helmfile or kustomize takes from a repository like the first argument, an expression. */
export const chartsFrom: OddLook = {
  inputs: ['charts'],
  hits: ({ charts }, [address = '']) => {
    const pattern = new RegExp(address);
    return charts.flatMap(({ chart, repository = '', releaseName, namespace, at }) =>
      repository.length < 2048 && pattern.test(repository)
        ? [
            settingHit(
              { kind: 'Chart', namespace, name: releaseName },
              () => at,
              `chart ${chart} of ${repository}`,
              undefined,
            ),
          ]
        : [],
    );
  },
};
