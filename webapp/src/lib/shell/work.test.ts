import { expect, test } from 'vitest';
import { summarise } from './work';

const folder = { state: 'IDLE', found: 900, imported: 800 } as const;

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
              { ...folder, state: 'SCANNING', found: 543, imported: 300 },
              { ...folder, state: 'OFFLINE' },
            ],
          },
        },
      ],
    },
    jobs: {
      stages: [
        { stage: 'metadata', pending: 3, buried: 0 },
        { stage: 'rendition', pending: 40, buried: 1 },
      ],
    },
  });
  expect(work).toEqual({ assets: 812, bytes: 5070, scanning: true, checked: 543, imported: 300, left: 40, offline: 1 });
});
