import { expect, test } from 'vitest';
import { dragged, square } from './crop';

const MIDDLE = { x: 0.5, y: 0.5 };

test('the square lies within the picture, whatever is asked', () => {
  expect(square(400, 300, 1, MIDDLE)).toEqual({ x: 50, y: 0, size: 300 });
  expect(square(400, 300, 2, MIDDLE)).toEqual({ x: 125, y: 75, size: 150 });
  expect(square(400, 300, 2, { x: 0, y: 2 })).toEqual({ x: 0, y: 150, size: 150 });
  expect(square(400, 300, 99, MIDDLE).size).toBe(75);
});

test('dragging moves the picture with the finger, and no further than its edge', () => {
  // A view of 150 pixels shows 300 of the picture: 10 pixels are 20.
  expect(dragged(400, 300, 1, MIDDLE, { x: 10, y: 0 }, 150)).toEqual({ x: 0.45, y: 0.5 });
  expect(dragged(400, 300, 1, MIDDLE, { x: 999, y: 999 }, 150)).toEqual({ x: 0.375, y: 0.5 });
});
