import { expect, test } from 'vitest';
import { summarise } from './work';

const folder = { state: 'IDLE', found: 900, imported: 800, duplicates: 100, refused: 0 } as const;

test('only folders that are being scanned count as under way', () => {
  const work = summarise({
    libraries: {
      edges: [
        { node: { assetCount: 800, bytes: 5000, folders: [folder] } },
        {
          node: {
            assetCount: 12,
            bytes: 70,
            folders: [
              { ...folder, state: 'SCANNING', found: 543, imported: 300, duplicates: 10, refused: 2 },
              { ...folder, state: 'OFFLINE' },
            ],
          },
        },
      ],
    },
    jobs: {
      stages: [
        { stage: 'metadata', pending: 3, running: 1, buried: 0 },
        { stage: 'rendition', pending: 40, running: 2, buried: 1 },
      ],
    },
  });
  expect(work).toEqual({ assets: 812, bytes: 5070, scanning: true, done: 312, found: 543, left: 42, offline: 1 });
});
