import type { FieldView } from './field-view.ts';
import { checkPortNumber } from './scalars.ts';
import { checkSelector, checkTargets } from './shared-fields.ts';

const SCHEMES = new Set(['', 'file', 'http', 'https', 'oci']);

/** WasmPlugin. */
export function validateWasmPlugin(spec: FieldView): void {
  checkTargets(spec);
  checkSelector(spec.field('selector'));
  checkWasm(spec);
  checkPorts(spec.field('match'));
}

/** TrafficExtension. */
export function validateTrafficExtension(spec: FieldView): void {
  checkTargets(spec);
  checkSelector(spec.field('selector'));
  const wasm = spec.field('wasm');
  const lua = spec.field('lua');
  if (wasm.isSet === lua.isSet) spec.refuse('must have either wasm or lua');
  if (wasm.isSet) checkWasm(wasm);
  const code = lua.field('inlineCode');
  if (lua.isSet && !code.isFilled) code.refuse('is missing');
  if (code.text.length > 65_536) code.refuse('is larger than 64 KB');
  checkPorts(spec.field('match'));
}

function checkWasm(wasm: FieldView): void {
  const url = wasm.field('url');
  if (!url.isFilled) url.refuse('is missing');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url.text)?.[1] ?? '';
  if (!SCHEMES.has(scheme)) url.refuse('must be an oci, http, https or file URL');
  const sum = wasm.field('sha256');
  if (sum.isFilled && !/^[a-f0-9]{64}$/.test(sum.text))
    sum.refuse('must be 64 hexadecimal digits in lower case');
  const secret = wasm.field('imagePullSecret');
  if (secret.value === '') secret.refuse('must not be empty');
  else if (secret.text.length > 253) secret.refuse('is too long');
  const name = wasm.field('pluginName');
  if (name.value === '') name.refuse('must not be empty');
  else if (name.text.length > 256) name.refuse('is too long');
  checkEnv(wasm.field('vmConfig').field('env'));
}

function checkEnv(env: FieldView): void {
  const names = new Set<string>();
  for (const entry of env.items()) {
    const name = entry.field('name');
    if (!name.isFilled) name.refuse('is missing');
    else if (names.has(name.text)) name.refuse('is repeated');
    else if (name.text.length > 256) name.refuse('is too long');
    if (entry.field('value').text.length > 2048) entry.field('value').refuse('is too long');
    names.add(name.text);
    const from = entry.field('valueFrom').text || 'INLINE';
    if (from !== 'INLINE' && entry.field('value').isFilled)
      entry.field('value').refuse('cannot be set with valueFrom HOST');
  }
}

function checkPorts(match: FieldView): void {
  for (const entry of match.items()) {
    const numbers = new Set<number>();
    for (const port of entry.field('ports').items()) {
      const number = port.field('number');
      checkPortNumber(number);
      if (number.number === undefined) continue;
      if (numbers.has(number.number)) number.refuse('is repeated');
      numbers.add(number.number);
    }
  }
}
