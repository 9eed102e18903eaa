import { expect, it, vi } from 'vitest';
import { batchesOf, inBatches } from './batches';

const ids = Array.from({ length: 2300 }, (_, n) => n);

it('parts many into batches, none lost and none twice', () => {
  expect(batchesOf(ids).map((batch) => batch.length)).toEqual([1000, 1000, 300]);
  expect(batchesOf(ids).flat()).toEqual(ids);
  expect(batchesOf(ids.slice(0, 1000))).toHaveLength(1);
  expect(batchesOf([])).toEqual([]);
});

it('sends one after another and keeps what undoes each', async () => {
  let busy = 0;
  const progress = vi.fn();
  const send = async (batch: number[]) => {
    expect(++busy).toBe(1);
    await Promise.resolve();
    busy--;
    // One of them was placed by somebody else meanwhile.
    return { count: batch.length - (batch[0] === 0 ? 1 : 0), editId: `edit_${batch[0]}` };
  };
  expect(await inBatches(ids, send, progress)).toEqual({
    made: { count: 2299, editIds: ['edit_0', 'edit_1000', 'edit_2000'] },
    failure: null,
  });
  expect(progress.mock.calls.flat()).toEqual([1000, 2000, 2300]);
});

it('stops at the first failure, and knows what was done before', async () => {
  const failure = new Error('the network has gone');
  const send = vi.fn(async (batch: number[]) => {
    if (batch[0] === 1000) throw failure;
    return { count: batch.length, editId: 'edit_1' };
  });
  expect(await inBatches(ids, send)).toEqual({ made: { count: 1000, editIds: ['edit_1'] }, failure });
  expect(send).toHaveBeenCalledTimes(2);
});
