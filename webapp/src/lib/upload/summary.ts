/** The whole queue in numbers and short lists, as the screen shows it. */

import { mayRetry, type Item, type Status } from './item';

/** A file as it was when the summary was made: a copy, so that the screen sees each change. */
export type Row = Readonly<Item>;

export interface Summary {
  counts: Record<Status, number>;
  /** All but cancelled ones. */
  total: number;
  /** Those that ended well or not. */
  ended: number;
  bytes: number;
  bytesDone: number;
  /** Read on this side, to know them by their content. */
  bytesRead: number;
  /** Some still to do. */
  active: boolean;
  sending: Row[];
  failed: Row[];
  /** How many of the failed ones may go again. */
  retryable: number;
  /** Newest first. */
  arrived: Row[];
  /** Next first; at most as many as are shown. */
  next: Row[];
}

/** Longer lists help nobody; the rest is told as a number. */
export const SHOWN = 100;

export function summarise(items: readonly Item[]): Summary {
  const counts: Record<Status, number> = {
    ...{ waiting: 0, hashing: 0, checking: 0, ready: 0, sending: 0 },
    ...{ done: 0, duplicate: 0, failed: 0, cancelled: 0 },
  };
  const summary: Summary = {
    ...{ counts, total: 0, ended: 0, bytes: 0, bytesDone: 0, bytesRead: 0, active: false, retryable: 0 },
    ...{ sending: [], failed: [], arrived: [], next: [] },
  };
  for (const item of items) count(item, summary);
  summary.ended = counts.done + counts.duplicate + counts.failed;
  summary.active = summary.ended < summary.total;
  summary.arrived = newest(items);
  return summary;
}

function count(item: Item, summary: Summary): void {
  const { status, file } = item;
  summary.counts[status]++;
  if (status === 'cancelled') return;
  summary.total++;
  summary.bytes += file.size;
  if (status === 'done' || status === 'duplicate' || status === 'failed') summary.bytesDone += file.size;
  if (status === 'hashing') summary.bytesRead += item.progress;
  else if (status !== 'waiting') summary.bytesRead += file.size;
  // What was sent before a pause counts on.
  if (status === 'sending' || status === 'ready') summary.bytesDone += item.progress;
  if (status === 'sending') {
    summary.sending.push({ ...item });
  } else if (status === 'failed') {
    if (mayRetry(item)) summary.retryable++;
    if (summary.failed.length < SHOWN) summary.failed.push({ ...item });
  } else if (status !== 'done' && status !== 'duplicate' && summary.next.length < SHOWN) summary.next.push({ ...item });
}

function newest(items: readonly Item[]): Row[] {
  const found: Row[] = [];
  for (let i = items.length - 1; i >= 0 && found.length < SHOWN; i--) {
    const item = items[i] as Item;
    if (item.status === 'done' || item.status === 'duplicate') found.push({ ...item });
  }
  return found;
}
