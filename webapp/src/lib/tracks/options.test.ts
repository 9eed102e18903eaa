import { expect, it } from 'vitest';
import { DEFAULT, readSpan, shiftOf } from './options';

it.each([
  ['1:00', 3600],
  ['0:03:20', 200],
  [' 12:30 ', 45_000],
  ['2d 0:30', 174_600],
  ['2 days 1:00', 176_400],
  ['365d', 31_536_000],
  ['', null],
  ['1', null],
  ['1:5', null],
  ['1:60', null],
  ['0:03:61', null],
  ['an hour', null],
  ['99999d', null],
])('%j is %s seconds', (text, seconds) => expect(readSpan(text)).toBe(seconds));

it('adds what a slow clock lacks, and takes what a fast one is ahead', () => {
  expect(shiftOf({ ...DEFAULT, by: 'nonsense' })).toBe(0);
  expect(shiftOf({ ...DEFAULT, clock: 'slow', by: '1:00' })).toBe(3600);
  expect(shiftOf({ ...DEFAULT, clock: 'fast', by: '1:00' })).toBe(-3600);
  expect(shiftOf({ ...DEFAULT, clock: 'fast', by: '0:00' })).toBe(0);
  expect(shiftOf({ ...DEFAULT, clock: 'slow', by: '' })).toBeNull();
});
