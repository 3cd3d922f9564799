import { expect, test } from '@jest/globals';
import { schemaProblems, type JsonSchema } from '../../src/config/json-schema.ts';

const schema: JsonSchema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1 },
    size: { type: 'integer', minimum: 0 },
    tags: { type: 'array', minItems: 1, maxItems: 2, items: { $ref: '#/$defs/tag' } },
    only: { const: 1 },
    maybe: { type: ['string', 'null'] },
    map: { type: 'object', additionalProperties: { type: 'boolean' } },
  },
  $defs: { tag: { enum: ['red', 'green'] } },
};

test.each([
  [{ name: 'a', size: 0, tags: ['red'], only: 1, maybe: null, map: { x: true } }, []],
  [{ name: '' }, ['name: must not be empty']],
  [{ name: 1 }, ['name: must be text, not 1']],
  [{}, [': "name" is missing']],
  [{ name: 'a', size: -1 }, ['size: must be at least 0']],
  [{ name: 'a', size: 1.5 }, ['size: must be a whole number, not 1.5']],
  [{ name: 'a', tags: [] }, ['tags: must not be empty']],
  [{ name: 'a', tags: ['red', 'red', 'red'] }, ['tags: must have at most 2 entries']],
  [{ name: 'a', tags: ['rad'] }, ['tags.0: must be one of red, green, not "rad"; did you mean "red"?']],
  [{ name: 'a', tags: { 0: 'red' } }, ['tags: must be a list, not a mapping']],
  [{ name: 'a', only: 2 }, ['only: must be 1, not 2']],
  [{ name: 'a', maybe: [] }, ['maybe: must be text or null, not a list']],
  [{ name: 'a', map: { x: 'yes' } }, ['map.x: must be true or false, not "yes"']],
  [
    { name: 'a', nmae: 'b', zzzzzz: 1 },
    ['nmae: unknown key "nmae"; did you mean "name"?', 'zzzzzz: unknown key "zzzzzz"'],
  ],
  [{ name: 'a', toString: 1 }, ['toString: unknown key "toString"']],
  [null, [': must be a mapping, not null']],
  [undefined, [': must be a mapping, not nothing']],
])('%j', (value, expected) => {
  expect(schemaProblems(schema, value).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual(
    expected,
  );
});

test('a wrong key is pointed at, not its value', () => {
  expect(schemaProblems(schema, { name: 'a', other: 1 })).toMatchObject([{ path: ['other'], at: 'key' }]);
});
