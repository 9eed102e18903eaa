/**
 * The upload queue: hashes each file, asks which the library has already, sends the rest, and goes on after
 * faults. It knows neither the browser nor the network; both come in by `Doors`.
 */

import { finished, fingerprint, mayRetry, type Item, type Picked } from './item';
import { SmallestFirst } from './order';
import { backOff, fromError, problem, type Problem, type ProblemCode } from './problem';
import { Twins } from './twins';

export interface Sent {
  assetId: string | null;
  duplicate: boolean;
}

/** An asset that is there already, and the library that has it. */
export interface Known {
  assetId: string;
  libraryId: string;
}

export interface Doors {
  hash(file: File, progress: (done: number) => void, signal: AbortSignal): Promise<string>;
  /** The asset of each hash, null where neither the library nor another one of the person has it. */
  check(libraryId: string, hashes: string[]): Promise<(Known | null)[]>;
  /**
   * Sends the file, unless its asset is known, and then its sidecar. Rejects with an `UploadError`; goes on where an
   * earlier try ended.
   */
  send(item: Item, progress: (sent: number) => void, signal: AbortSignal): Promise<Sent>;
  /** Gives up what was sent of a file. */
  discard(item: Item): void;
  now(): number;
  later(milliseconds: number, run: () => void): () => void;
  random(): number;
}

/** Why nothing goes: the person's wish, or what has to be put right first. */
export type Pause = 'person' | ProblemCode;

const SENDERS = 3;
const HASHERS = 2;
const BATCH = 200;
const BATCH_MS = 400;
/** The pauses between them add up to two minutes. */
const MOST_TRIES = 8;

export class UploadQueue {
  readonly items: Item[] = [];
  /** Largest file that the server takes. */
  maxBytes = Infinity;
  paused: Pause | null = null;
  /** What the whole queue waits for, and until when. */
  held: { problem: Problem; until: number } | null = null;

  #doors: Doors;
  #changed: () => void;
  #lastId = 0;
  #toHash = new SmallestFirst();
  #toCheck: Item[] = [];
  #toSend = new SmallestFirst();
  #twins = new Twins();
  #running = new Map<Item, AbortController>();
  #hashing = 0;
  #sending = 0;
  #checking = false;
  #batchDue = 0;
  #waits = 0;
  #alarm: (() => void) | null = null;

  constructor(doors: Doors, changed: () => void) {
    this.#doors = doors;
    this.#changed = changed;
  }

  /** Takes files in, without those that are on their way already. Answers how many. */
  add(picked: readonly Picked[], libraryId: string): number {
    const here = new Set(this.items.filter(({ status }) => !finished(status)).map((item) => item.fingerprint));
    const fresh: Item[] = [];
    for (const { file, path, sidecar = null } of picked) {
      const mark = fingerprint(libraryId, { file, path });
      if (here.has(mark)) continue;
      here.add(mark);
      fresh.push({
        ...{ id: ++this.#lastId, file, path, sidecar, libraryId, fingerprint: mark, status: 'waiting', sha1: null },
        ...{ progress: 0, attempts: 0, retryAt: 0, assetId: null, foundIn: null, problem: null, keptUntil: null },
      });
    }
    for (const item of fresh) {
      this.items.push(item);
      if (item.file.size === 0) this.#end(item, 'failed', problem('empty'));
      else if (item.file.size > this.maxBytes) this.#end(item, 'failed', problem('too-large'));
    }
    this.#toHash.addAll(fresh.filter(({ status }) => status === 'waiting'));
    this.#pump();
    return fresh.length;
  }

  /** Stops sending; what was sent is kept. */
  pause(why: Pause = 'person'): void {
    this.paused = why;
    for (const [item, running] of this.#running) if (item.status === 'sending') running.abort();
    this.#pump();
  }

  resume(): void {
    this.paused = null;
    this.nudge();
  }

  /** Tries again at once what waits for better times. */
  nudge(): void {
    this.held = null;
    this.#waits = 0;
    this.#pump();
  }

  cancel(item: Item): void {
    if (finished(item.status)) return;
    this.#toHash.remove(item);
    this.#toSend.remove(item);
    this.#toCheck = this.#toCheck.filter((other) => other !== item);
    this.#end(item, 'cancelled', null);
    this.#running.get(item)?.abort();
    this.#doors.discard(item);
    this.#pump();
  }

  cancelAll(): void {
    for (const item of this.items) this.cancel(item);
  }

  /** Starts a failed or cancelled file again, where that may help. */
  retry(item: Item): void {
    if (!mayRetry(item)) return;
    Object.assign(item, { status: 'waiting', progress: 0, attempts: 0, retryAt: 0, problem: null });
    this.#toHash.add(item);
    this.#pump();
  }

  /** Takes those off the list that have ended. */
  clear(): void {
    const left = this.items.filter(({ status }) => !finished(status));
    this.items.splice(0, this.items.length, ...left);
    this.#changed();
  }

  #pump(): void {
    this.#alarm?.();
    this.#alarm = null;
    const now = this.#doors.now();
    if (this.held && this.held.until <= now) this.held = null;
    if (!this.paused) {
      while (this.#hashing < HASHERS && this.#hashNext(now));
      if (!this.held) {
        this.#checkNext(now);
        while (this.#sending < SENDERS && this.#sendNext(now));
      }
      this.#sleep(now);
    }
    this.#changed();
  }

  /** Wakes up for the next thing that is due at a time. */
  #sleep(now: number): void {
    const due = [
      this.held?.until,
      this.#toCheck.length > 0 && !this.#checking ? this.#batchDue : null,
      this.#toSend.nextAt(),
    ];
    const times = due.filter((time): time is number => typeof time === 'number' && time > now);
    if (times.length > 0) this.#alarm = this.#doors.later(Math.min(...times) - now, () => this.#pump());
  }

  #hashNext(now: number): boolean {
    const item = this.#toHash.take(now);
    if (!item) return false;
    this.#hashing++;
    item.status = 'hashing';
    void this.#hash(item).finally(() => {
      this.#hashing--;
      this.#pump();
    });
    return true;
  }

  async #hash(item: Item): Promise<void> {
    if (item.sha1 === null) {
      try {
        item.sha1 = await this.#run(item, (progress, signal) => this.#doors.hash(item.file, progress, signal));
      } catch (error) {
        if (item.status === 'hashing') this.#end(item, 'failed', fromError(error));
        return;
      }
    }
    if (item.status !== 'hashing') return;
    Object.assign(item, { status: 'checking', progress: 0 });
    if (this.#twins.hold(item)) return;
    if (this.#toCheck.length === 0) this.#batchDue = this.#doors.now() + BATCH_MS;
    this.#toCheck.push(item);
  }

  /** Asks for a batch when it is full, when it has waited long enough or when nothing else is to be hashed. */
  #checkNext(now: number): void {
    const first = this.#toCheck[0];
    const hashed = this.#hashing === 0 && this.#toHash.size === 0;
    if (!first || this.#checking || !(hashed || this.#toCheck.length >= BATCH || now >= this.#batchDue)) return;
    const batch = this.#toCheck.filter(({ libraryId }) => libraryId === first.libraryId).slice(0, BATCH);
    this.#checking = true;
    void this.#check(first.libraryId, batch).finally(() => {
      this.#checking = false;
      this.#pump();
    });
  }

  async #check(libraryId: string, batch: Item[]): Promise<void> {
    try {
      const known = await this.#doors.check(
        libraryId,
        batch.map(({ sha1 }) => sha1 ?? ''),
      );
      this.#waits = 0;
      const asked = new Set(batch);
      this.#toCheck = this.#toCheck.filter((item) => !asked.has(item));
      batch.forEach((item, i) => {
        if (item.status === 'checking') this.#checked(item, known[i] ?? null);
      });
    } catch (error) {
      const reason = fromError(error);
      if (reason.consequence === 'pause') this.pause(reason.code);
      else this.#hold(reason);
    }
  }

  #checked(item: Item, known: Known | null): void {
    if (known === null) return this.#again(item);
    [item.assetId, item.foundIn] = [known.assetId, known.libraryId];
    // What lies beside it may be news.
    if (item.sidecar && known.libraryId === item.libraryId) return this.#again(item);
    this.#end(item, 'duplicate', null);
  }

  #sendNext(now: number): boolean {
    const item = this.#toSend.take(now);
    if (!item) return false;
    this.#sending++;
    item.status = 'sending';
    void this.#send(item).finally(() => {
      this.#sending--;
      this.#pump();
    });
    return true;
  }

  async #send(item: Item): Promise<void> {
    try {
      const sent = await this.#run(item, (progress, signal) => this.#doors.send(item, progress, signal));
      if (item.status !== 'sending') return;
      this.#waits = 0;
      item.assetId = sent.assetId;
      this.#end(item, sent.duplicate ? 'duplicate' : 'done', null);
    } catch (error) {
      if (item.status !== 'sending') return;
      if (aborted(error)) this.#again(item);
      else this.#refused(item, fromError(error));
    }
  }

  #refused(item: Item, reason: Problem): void {
    if (reason.consequence === 'retry') {
      item.attempts++;
      item.retryAt = this.#doors.now() + backOff(item.attempts, this.#doors.random());
    }
    if (reason.consequence === 'fail' || item.attempts >= MOST_TRIES) return this.#end(item, 'failed', reason);
    this.#again(item);
    if (reason.consequence === 'pause') this.pause(reason.code);
    if (reason.consequence === 'wait') this.#hold(reason);
  }

  #again(item: Item): void {
    item.status = 'ready';
    this.#toSend.add(item);
  }

  /** Lets the whole queue wait, longer each time until something succeeds. */
  #hold(reason: Problem): void {
    if (this.held) return;
    this.#waits++;
    this.held = { problem: reason, until: this.#doors.now() + backOff(this.#waits, this.#doors.random()) };
  }

  async #run<T>(item: Item, work: (progress: (done: number) => void, signal: AbortSignal) => Promise<T>): Promise<T> {
    const running = new AbortController();
    this.#running.set(item, running);
    try {
      return await work((done) => this.#progress(item, done), running.signal);
    } finally {
      if (this.#running.get(item) === running) this.#running.delete(item);
    }
  }

  #progress(item: Item, done: number): void {
    if (item.status === 'sending' && done > item.progress) [item.attempts, this.#waits] = [0, 0];
    item.progress = done;
    this.#changed();
  }

  #end(item: Item, status: 'done' | 'duplicate' | 'failed' | 'cancelled', reason: Problem | null): void {
    Object.assign(item, { status, problem: reason });
    if (status === 'done' || status === 'duplicate') item.progress = item.file.size;
    if (item.sha1 !== null) this.#freed(item, this.#twins.release(item));
  }

  /** What becomes of equal files follows from the one that went. */
  #freed(leader: Item, held: Item[]): void {
    const [next, ...others] = held.filter(({ status }) => status === 'checking');
    if (!next) return;
    if (leader.assetId !== null) {
      for (const twin of [next, ...others]) {
        [twin.assetId, twin.foundIn] = [leader.assetId, leader.foundIn];
        this.#end(twin, 'duplicate', null);
      }
      return;
    }
    this.#twins.hold(next);
    for (const twin of others) this.#twins.hold(twin);
    this.#again(next);
  }
}

function aborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
