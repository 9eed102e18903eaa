import { expect, test } from 'vitest';
import { folderCounts } from './counts';

const none = { found: 0, imported: 0, duplicates: 0, refused: 0 };

test.each([
  ['has just begun', { ...none, state: 'SCANNING' }, []],
  ['meets only what it knows', { ...none, state: 'SCANNING', found: 45_000 }, ['45,000 checked']],
  [
    'finds something new',
    { state: 'SCANNING', found: 45_000, imported: 3, duplicates: 2, refused: 1 },
    ['45,000 checked', '3 imported', '2 already here', '1 refused'],
  ],
  ['has ended', { state: 'IDLE', found: 45_000, imported: 3, duplicates: 0, refused: 1 }, ['3 imported', '1 refused']],
  ['has ended without news', { ...none, state: 'IDLE', found: 45_000 }, []],
] as const)('a scan that %s says what it has done', (_, folder, words) => {
  expect(folderCounts(folder)).toEqual(words);
});
