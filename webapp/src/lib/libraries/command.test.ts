import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { importCommand } from './command';

/** What a shell hands to the program. */
function words(command: string): string[] {
  const said = command.replace('bin/tessera-indexer import', String.raw`printf '%s\0'`);
  return execFileSync('sh', ['-c', said], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('the command is as a person would write it', () => {
  expect(importCommand('Family photos', 'ann@example.org')).toBe(
    "bin/tessera-indexer import /path/to/photos --owner ann@example.org --library 'Family photos'",
  );
});

test.each([
  ['Photos', 'ann@example.org'],
  ['Ann’s “best”', 'ann+photos@example.org'],
  ["Ann's $(reboot) `x` \\ !", "o'neil@example.org"],
  ['', 'a&b@example.org'],
  ['two\nlines', 'a b@example.org'],
])('a shell reads library %j and owner %j as they are', (library, email) => {
  expect(words(importCommand(library, email))).toEqual(['/path/to/photos', '--owner', email, '--library', library]);
});

test('a name that begins with a dash is not taken for an option', () => {
  expect(words(importCommand('--copy', 'ann@example.org')).slice(-1)).toEqual(['--library=--copy']);
});
