import { expect, test } from 'vitest';
import { stageLines } from './stages';

test('work under way is part of what is left to do, and stages that are done are left out', () => {
  const lines = stageLines([
    { stage: 'metadata', pending: 3, running: 3, buried: 0 },
    { stage: 'renditions', pending: 1040, running: 2, buried: 1 },
    { stage: 'transcode', pending: 0, running: 0, buried: 5 },
    { stage: 'faces', pending: 7, running: 0, buried: 0 },
  ]);
  expect(lines.map(({ name, left }) => [name, left])).toEqual([
    ['Reading dates, places and cameras', '3 to do, 3 under way'],
    ['Making thumbnails and previews', '1,040 to do, 2 under way'],
    ['faces', '7 to do'],
  ]);
});
