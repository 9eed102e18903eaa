/** All uploads of this page, for the screen. One for the app; it lives on while people go from page to page. */

import { request } from '$lib/api/client';
import { mayChange } from '$lib/api/may-change';
import type { Collected } from './collect';
import { doors, knowOwn } from './doors';
import type { Item, Picked } from './item';
import { readLeftovers, writeLeftovers, type Leftover } from './leftover';
import { Pace } from './pace';
import { preset } from './preset';
import { UploadQueue, type Pause } from './queue';
import { summarise, type Summary } from './summary';
import { UploadTargets, type Target } from './upload.gql';

const REFRESH_MS = 150;
const NOTE_MS = 2000;
const LIBRARY_KEY = 'tessera:upload-library';

class Uploads {
  summary = $state.raw<Summary>(summarise([]));
  paused = $state.raw<Pause | null>(null);
  held = $state.raw<UploadQueue['held']>(null);
  secondsLeft = $state.raw<number | null>(null);
  /** Libraries that the person may add to; null until asked. */
  targets = $state.raw<Target[] | null>(null);
  libraryId = $state.raw<string | null>(null);
  leftovers = $state.raw<Leftover[]>([]);
  /** Files of dropped folders that look like something else. */
  others = $state.raw<Picked[]>([]);
  unreadable = $state.raw<string[]>([]);
  /** The person has seen the end and closed the panel. */
  dismissed = $state(false);

  #queue = new UploadQueue(doors, () => this.#later());
  #pace = new Pace();
  #refresh: ReturnType<typeof setTimeout> | undefined;
  #notedAt = 0;
  #earlier: Leftover[] = [];

  /** Something is under way or has ended unseen. */
  get visible(): boolean {
    return !this.dismissed && this.summary.total > 0;
  }

  /** Called when the app starts: what an earlier visit left, and where uploads go. */
  async begin(): Promise<void> {
    if (this.#earlier.length === 0) this.#earlier = readLeftovers(localStorage, Date.now());
    this.#leftovers();
    if (this.paused === 'signed-out') this.resume();
    if (this.targets) return;
    const { libraries, server } = await request(UploadTargets);
    this.#queue.maxBytes = server.uploadMaxBytes;
    this.targets = libraries.nodes.filter(({ role }) => mayChange(role));
    knowOwn(this.targets.filter(({ role }) => role === 'OWNER').map(({ id }) => id));
    this.libraryId = preset(this.targets, localStorage.getItem(LIBRARY_KEY))?.id ?? null;
  }

  /** Of a library that the person may add to. */
  nameOf(libraryId: string): string | null {
    return this.targets?.find(({ id }) => id === libraryId)?.name ?? null;
  }

  choose(libraryId: string): void {
    this.libraryId = libraryId;
    localStorage.setItem(LIBRARY_KEY, libraryId);
  }

  /** Takes in what was dropped or chosen; false where there is no library to add to. */
  async add({ picked, others, unreadable }: Collected): Promise<boolean> {
    await this.begin();
    if (!this.libraryId) return false;
    this.others = [...this.others, ...others];
    this.unreadable = [...this.unreadable, ...unreadable];
    if (picked.length === 0) return true;
    this.dismissed = false;
    this.#queue.add(picked, this.libraryId);
    return true;
  }

  sendOthers(): void {
    const picked = this.others;
    this.others = [];
    void this.add({ picked, others: [], unreadable: [] });
  }

  leaveOthers(): void {
    this.others = [];
  }

  leaveUnreadable(): void {
    this.unreadable = [];
  }

  forgetLeftovers(): void {
    this.#earlier = [];
    this.#note();
  }

  pause(): void {
    this.#pace.reset();
    this.#queue.pause();
  }

  resume(): void {
    this.#queue.resume();
  }

  /** Tries at once what waits for better times. */
  nudge = (): void => this.#queue.nudge();

  cancel(id: number): void {
    this.#with(id, (item) => this.#queue.cancel(item));
  }

  retry(id: number): void {
    this.dismissed = false;
    this.#with(id, (item) => this.#queue.retry(item));
  }

  retryAll(): void {
    for (const { id, status } of [...this.#queue.items]) if (status === 'failed') this.retry(id);
  }

  cancelAll(): void {
    this.#queue.cancelAll();
  }

  clear(): void {
    this.#queue.clear();
  }

  /** Writes down what is unfinished; also when the page is closed. */
  note = (): void => this.#note();

  #with(id: number, act: (item: Item) => void): void {
    const item = this.#queue.items.find((one) => one.id === id);
    if (item) act(item);
  }

  #later(): void {
    if (this.#refresh) return;
    this.#refresh = setTimeout(() => {
      this.#refresh = undefined;
      this.#show();
    }, REFRESH_MS);
  }

  #show(): void {
    const { items, paused, held } = this.#queue;
    const summary = summarise(items);
    const now = Date.now();
    if (summary.sending.length > 0) this.#pace.note(summary.bytesDone, now);
    else this.#pace.reset();
    this.secondsLeft = this.#pace.left(summary.bytes - summary.bytesDone);
    [this.summary, this.paused, this.held] = [summary, paused, held];
    if (now - this.#notedAt > NOTE_MS || !summary.active) this.#note();
  }

  #note(): void {
    this.#notedAt = Date.now();
    writeLeftovers(localStorage, this.#queue.items, this.#earlier, this.#notedAt);
    this.#leftovers();
  }

  #leftovers(): void {
    const here = new Set(this.#queue.items.map(({ fingerprint }) => fingerprint));
    const left = this.#earlier.filter(({ fingerprint }) => !here.has(fingerprint));
    if (left.length !== this.leftovers.length) this.leftovers = left;
  }
}

export const uploads = new Uploads();
