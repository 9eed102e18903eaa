import { describe, expect, it } from 'vitest';
import { GrowingList } from './growing.svelte';

interface Row {
  id: number;
  /** By which the server orders: late to early. */
  at: number;
  word: string;
}

/** A server whose cursor is the time of a page's last row. */
function setup(count: number, page?: number) {
  const rows: Row[] = Array.from({ length: count }, (_, i) => ({ id: count - i, at: count - i, word: 'old' }));
  const asked: [first: number, after: string | null][] = [];
  const fault = { next: false };
  const list = new GrowingList<Row>(
    async (first, after) => {
      asked.push([first, after]);
      await Promise.resolve();
      if (fault.next) {
        fault.next = false;
        throw new Error('offline');
      }
      expect(first).toBeLessThanOrEqual(500);
      const rest = rows.filter(({ at }) => after === null || at < Number(after));
      const page = rest.slice(0, first);
      const end = page.at(-1);
      return { rows: page, total: rows.length, end: end ? String(end.at) : null, more: rest.length > first };
    },
    ({ id }) => String(id),
    page,
  );
  const ids = () => list.shown.map(({ id }) => id);
  /** New rows on top. */
  const add = (n: number) => {
    for (let i = 0; i < n; i++) {
      const next = rows.length + 1;
      rows.unshift({ id: next, at: next, word: 'new' });
    }
  };
  return { rows, asked, fault, list, ids, add };
}

const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => from - i);

describe('a list that grows', () => {
  it('reaches every row, a page at a time, and then offers no more', async () => {
    const { list, ids, asked } = setup(1203);
    await list.refresh();
    expect([list.shown.length, list.total, list.more]).toEqual([50, 1203, true]);
    let clicks = 0;
    for (; list.more; clicks++) await list.grow();
    expect(ids()).toEqual(down(1203, 1));
    expect(clicks).toBe(24);
    expect(asked.every(([first]) => first === 50)).toBe(true);
    asked.length = 0;
    await list.grow();
    expect([asked, ids().length]).toEqual([[], 1203]);
  });

  it('grows by as much as its owner says, and is read again by as much', async () => {
    const { list, ids, asked } = setup(1203, 500);
    await list.refresh();
    await list.refresh();
    await list.grow();
    await list.grow();
    expect([ids(), list.more]).toEqual([down(1203, 1), false]);
    expect(asked.map(([first]) => first)).toEqual([500, 500, 500, 500]);
  });

  it('is read again as far as it is shown, in pages that the server gives', async () => {
    const { list, ids, asked, rows } = setup(1203);
    await list.refresh();
    for (let i = 0; i < 22; i++) await list.grow();
    rows.forEach((row) => (row.word = 'changed'));
    asked.length = 0;
    await list.refresh();
    expect(ids()).toEqual(down(1203, 54));
    expect(list.shown.every(({ word }) => word === 'changed')).toBe(true);
    expect(asked).toEqual([
      [500, null],
      [500, '704'],
      [150, '204'],
    ]);
    await list.grow();
    expect(ids()).toEqual(down(1203, 4));
  });

  it('keeps its last rows when others come in above, but grows by itself no further than a page of the server', async () => {
    const { list, ids, add } = setup(200);
    await list.refresh();
    await list.grow();
    add(3);
    await list.refresh();
    expect(ids()).toEqual(down(203, 101));
    add(9000);
    await list.refresh();
    expect(list.shown.length).toBe(600);
    expect(list.more).toBe(true);
  });

  it('stays at one page while nobody has asked for more', async () => {
    const { list, add, ids } = setup(3);
    await list.refresh();
    expect([ids(), list.more]).toEqual([[3, 2, 1], false]);
    add(100);
    await list.refresh();
    expect([ids(), list.more]).toEqual([down(103, 54), true]);
  });

  it('lets go of rows that are gone', async () => {
    const { list, rows } = setup(120);
    await list.refresh();
    await list.grow();
    rows.length = 0;
    await list.refresh();
    expect([list.shown, list.total, list.more]).toEqual([[], 0, false]);
  });

  it('shows a row once that has moved down between two pages', async () => {
    const { list, rows, ids } = setup(100);
    await list.refresh();
    const [first] = rows.splice(0, 1);
    rows.splice(60, 0, { ...first!, at: 39.5, word: 'moved' });
    await list.grow();
    expect(ids()).toEqual(down(100, 2));
    expect(list.shown[0]?.word).toBe('moved');
    await list.refresh();
    expect(ids().indexOf(100)).toBe(60);
    expect(new Set(ids()).size).toBe(ids().length);
  });

  it('grows after a reading that is under way, and each reading serves all who wait for it', async () => {
    const { list, ids, asked, add } = setup(200);
    await list.refresh();
    asked.length = 0;
    add(1);
    await Promise.all([list.refresh(), list.grow(), list.refresh(), list.refresh()]);
    expect(asked).toEqual([
      [50, null],
      [50, '152'],
    ]);
    expect(ids()).toEqual(down(201, 102));
  });

  it('stays as it is when a page does not come, and goes on afterwards', async () => {
    const { list, ids, fault } = setup(200);
    await list.refresh();
    fault.next = true;
    await expect(list.grow()).rejects.toThrow('offline');
    expect([ids(), list.more]).toEqual([down(200, 151), true]);
    await list.grow();
    expect(ids()).toEqual(down(200, 101));
  });
});
