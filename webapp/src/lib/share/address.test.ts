import { expect, test } from 'vitest';
import { below, tokenOf } from './address';

const TOKEN = 'aB3-_678'.repeat(5);

test.each([
  [TOKEN, TOKEN],
  [`our-summer/${TOKEN}`, TOKEN],
  [`${TOKEN}/`, null],
  ['our-summer', null],
  ['', null],
  [TOKEN.slice(1), null],
  [`${TOKEN}x`, null],
  [TOKEN.replace('a', '%'), null],
])('the token of %s', (path, token) => expect(tokenOf(path)).toBe(token));

test('a link is asked below its handle', () => expect(below(TOKEN)).toBe('/shared/aB3-_678'));
