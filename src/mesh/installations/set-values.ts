import type { Location } from '../../vocabulary.ts';
import type { ValuesLayer } from './installation.ts';
import { mergeLayers, nested } from './merge-values.ts';

/** More levels than any chart's values have. */
const DEEPEST = 20;

/** What `--set a.b=c` flags say, all at one place. List items (`a[0]=b`) are left out; `{a,b}` is a list, as in Helm. */
export function setValues(settings: readonly string[], at: Location): ValuesLayer {
  const layers = settings.flatMap((setting): ValuesLayer[] => {
    const equals = setting.indexOf('=');
    const path = setting.slice(0, equals);
    if (equals < 1 || path.includes('[')) return [];
    return [
      { values: nested(path.split('.').slice(0, DEEPEST), valueOf(setting.slice(equals + 1))), at: () => at },
    ];
  });
  return mergeLayers(layers, at);
}

function valueOf(written: string): unknown {
  if (written === 'true') return true;
  if (written === 'false') return false;
  const list = /^\{([^{}]*)\}$/.exec(written)?.[1];
  return list === undefined ? written : list.split(',').filter((item) => item !== '');
}
