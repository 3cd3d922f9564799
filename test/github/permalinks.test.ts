import { expect, test } from '@jest/globals';
import { permalinks } from '../../src/github/permalinks.ts';

const commits = { base: 'b'.repeat(40), head: 'a'.repeat(40) };
const place = (file: string, line = 3, endLine = line) => ({ file, line, column: 1, endLine });

test('links lines at the commit they are in', () => {
  const linkTo = permalinks('https://github.com/acme/mesh', commits);
  expect(linkTo(place('apps/cart.yaml'), 'head')).toBe(
    `https://github.com/acme/mesh/blob/${commits.head}/apps/cart.yaml#L3`,
  );
  expect(linkTo(place('apps/cart.yaml', 3, 5), 'base')).toBe(
    `https://github.com/acme/mesh/blob/${commits.base}/apps/cart.yaml#L3-L5`,
  );
});

test('follows an Enterprise Server, also below a path', () => {
  const linkTo = permalinks('https://ghe.example:8443/git/acme/mesh/', commits);
  expect(linkTo(place('a.yaml'), 'head')).toBe(
    `https://ghe.example:8443/git/acme/mesh/blob/${commits.head}/a.yaml#L3`,
  );
});

test('a hostile file name stays inside its link', () => {
  const linkTo = permalinks('https://github.com/acme/mesh', commits);
  const url = linkTo(place('a)](https://evil.example) <img>#?.yaml'), 'head') ?? '';
  expect(url).toMatch(/^https:\/\/github\.com\/acme\/mesh\/blob\/a{40}\/[\w%./-]+#L3$/);
});

test('links nothing without a commit or a web page', () => {
  expect(permalinks('javascript:alert(1)', commits)(place('a.yaml'), 'head')).toBeUndefined();
  expect(permalinks('', commits)(place('a.yaml'), 'head')).toBeUndefined();
  const noBase = permalinks('https://github.com/acme/mesh', { base: undefined, head: commits.head });
  expect(noBase(place('a.yaml'), 'base')).toBeUndefined();
});
