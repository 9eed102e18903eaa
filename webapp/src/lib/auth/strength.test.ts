import { expect, test } from 'vitest';
import { strengthOf } from './strength';

test.each([
  ['', 'empty'],
  ['short', 'short'],
  ['Password123!', 'known'],
  ['P4ssw0rd!!!!', 'known'],
  ['qwerty123456', 'known'],
  ['aaaaaaaaaaaa', 'pattern'],
  ['123456789012', 'pattern'],
  ['abcabcabcabc', 'pattern'],
  ['ana.marques1', 'personal'],
  ['AnaMarques2024', 'personal'],
  ['kettle-moss', 'fair'],
  ['ana likes kettle moss', 'strong'],
  ['otter violin seven maps', 'strong'],
  ['日本語のとてもながいあんごうぶん', 'strong'],
])('%j is %s', (password, kind) => {
  expect(strengthOf(password, ['Ana Marques', 'ana.marques@example.org']).kind).toBe(kind);
});

test('what is short says by how much, in characters as people count them', () => {
  expect(strengthOf('🌊🌊🌊')).toEqual({ kind: 'short', left: 7 });
});
