// The committed cells of another implementation of H3 are what it says today; crates/domain/tests/h3.rs compares ours.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { kept, lines } from './cells.mjs';

test('the committed cells of another implementation are fresh: else run node cells.mjs', () => {
  expect(readFileSync(kept, 'utf8').trimEnd().split('\n')).toEqual(lines());
});
