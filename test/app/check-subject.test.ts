import { expect, test } from '@jest/globals';
import { externalId, readExternalId } from '../../src/app/check-subject.ts';

const mesh = { owner: 'acme', repo: 'mesh' };
const head = 'a'.repeat(40);
const base = 'b'.repeat(40);

test('says what a check is about, and is read back', () => {
  const pull = externalId(mesh, { pull: 7, headSha: head });
  expect(pull).toBe(`acme/mesh#7@${head}`);
  expect(readExternalId({ owner: 'Acme', repo: 'Mesh' }, pull)).toEqual({ pull: 7, headSha: head });
  const group = externalId(mesh, { baseSha: base, headSha: head });
  expect(readExternalId(mesh, group)).toEqual({ baseSha: base, headSha: head });
});

test.each([
  '',
  'acme/mesh',
  `acme/mesh#0@${head}`,
  `acme/mesh#7@${head}x`,
  `other/mesh#7@${head}`,
  'acme/mesh#7@main',
])('%j is none of ours', (id) => {
  expect(readExternalId(mesh, id)).toBeUndefined();
});
