import { expect, it } from 'vitest';
import { swipe } from './swipe';

const stage = { width: 390, height: 844 };

it('reads a swipe by its way and its speed', () => {
  expect(swipe({ x: -140, y: 10 }, { x: 0, y: 0 }, stage)).toBe('next');
  expect(swipe({ x: 60, y: 5 }, { x: 0.8, y: 0 }, stage)).toBe('previous');
  expect(swipe({ x: 60, y: 5 }, { x: 0.1, y: 0 }, stage)).toBe('stay');
  expect(swipe({ x: -140, y: 10 }, { x: 0.9, y: 0 }, stage)).toBe('stay');
  expect(swipe({ x: 8, y: 90 }, { x: 0, y: 0.7 }, stage)).toBe('close');
  expect(swipe({ x: 8, y: -300 }, { x: 0, y: -0.7 }, stage)).toBe('stay');
});
