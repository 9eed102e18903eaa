import { expect, test, vi } from 'vitest';
import { Sending } from './sending.svelte';

const file = (name: string, size: number) => ({ name, size }) as File;

test('files go one after the other, and what is refused stops nothing', async () => {
  const order: string[] = [];
  const send = vi.fn(async ({ name }: File, link: string, progress: (bytes: number) => void) => {
    order.push(`${link} ${name}`);
    progress(1);
    if (name === 'notes.txt') throw new Error('no picture');
  });
  const arrived = vi.fn();
  const sending = new Sending('/shared/abcdefgh', arrived, send);
  await sending.add([file('a.jpg', 30), file('notes.txt', 10), file('b.jpg', 60)]);
  expect(order.map((line) => line.split(' ')[1])).toEqual(['a.jpg', 'notes.txt', 'b.jpg']);
  expect(order[0]).toBe('/shared/abcdefgh a.jpg');
  expect([sending.total, sending.done, sending.failed, sending.share, sending.busy]).toEqual([
    3,
    2,
    ['notes.txt'],
    1,
    false,
  ]);
  expect(arrived).toHaveBeenCalledOnce();
});

test('files that are chosen meanwhile wait for their turn and count with the others', async () => {
  const turns: (() => void)[] = [];
  const send = () => new Promise<void>((then) => turns.push(then));
  const sending = new Sending('/shared/abcdefgh', () => undefined, send);
  const first = sending.add([file('a.jpg', 10)]);
  await sending.add([file('b.jpg', 10)]);
  expect([turns.length, sending.total, sending.busy]).toEqual([1, 2, true]);
  turns[0]!();
  await vi.waitFor(() => expect(turns.length).toBe(2));
  turns[1]!();
  await first;
  expect([sending.done, sending.busy]).toEqual([2, false]);
});
