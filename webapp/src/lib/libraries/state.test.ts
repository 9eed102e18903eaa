import { expect, test } from 'vitest';
import { stateWords } from './state';

const now = Date.parse('2026-11-28T12:00:00Z');

test.each([
  ['IDLE', '2026-11-28T11:55:00Z', 'Looked through 5 minutes ago'],
  ['IDLE', '2026-11-28T11:59:01Z', 'Looked through just now'],
  ['IDLE', '2026-11-28T12:03:00Z', 'Looked through just now'],
  ['IDLE', '2026-11-28T10:00:00Z', 'Looked through 2 hours ago'],
  ['IDLE', '2026-11-27T12:00:00Z', 'Looked through yesterday'],
  ['IDLE', null, 'Not looked through yet'],
  ['SCANNING', '2026-11-28T11:55:00Z', 'Looking through it now'],
  ['WAITING', null, 'Waiting for its turn'],
] as const)('a folder that is %s, with its last scan at %s: %s', (state, lastScanAt, words) => {
  expect(stateWords({ state, lastScanAt }, now)).toBe(words);
});
