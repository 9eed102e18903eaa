import { expect, test } from 'vitest';
import { mayScan, scanDue } from './scan';

test.each([
  ['OWNER', 1, true],
  ['EDITOR', 2, true],
  ['VIEWER', 1, false],
  ['OWNER', 0, false],
] as const)('%s of a library with %i folders may have it looked through: %s', (role, count, may) => {
  expect(mayScan({ role, folders: Array.from({ length: count }) })).toBe(may);
});

test.each([
  [['IDLE', 'OFFLINE'], false],
  [['IDLE', 'WAITING'], true],
  [['SCANNING', 'OFFLINE'], true],
  [[], false],
] as const)('with folders %j a look is due already: %s', (states, due) => {
  expect(scanDue({ folders: states.map((state) => ({ state })) })).toBe(due);
});
