/**
 * Whether the server is there. Whoever asks it tells here how that went; while it doesn't answer it is asked again and
 * again, and what came to nothing meanwhile is tried anew as soon as it is back.
 */
export interface Doors {
  /** True where the server answers, whatever it says. */
  ask(): Promise<boolean>;
  /** Runs once after so many milliseconds; answers how to call that off. */
  later(milliseconds: number, run: () => void): () => void;
}

const FIRST_MS = 1000;
const MOST_MS = 5000;

export class Presence {
  #away = $state(false);
  #waiting = new Set<() => void>();
  #asking = false;
  #answers = 0;
  #pause = FIRST_MS;
  /** While it waits to ask again: how to do so now, and how not to do so at all. */
  #next: { now: () => void; cancel: () => void } | null = null;

  constructor(private readonly doors: Doors) {}

  /** Reactive. True once the server didn't answer when it was asked a second time. */
  get away(): boolean {
    return this.#away;
  }

  /** It has answered. */
  heard = (): void => {
    this.#answers++;
    if (this.#away) this.#back();
  };

  /** Something came to nothing. That may have many reasons; the server itself tells whether it is there. */
  missed = (): void => {
    if (!this.#asking && !this.#next) void this.#ask();
  };

  /** Asks at once where it waits to ask again: the device has a network again, or somebody looks. */
  nudge = (): void => this.#next?.now();

  /** Runs once after a pause: at once when the server is back, and not before that while it is away. */
  again(pause: number, run: () => void): () => void {
    const stop = () => {
      this.#waiting.delete(go);
      cancel();
    };
    const go = () => {
      stop();
      run();
    };
    const cancel = this.doors.later(pause, () => {
      if (!this.#away) go();
    });
    this.#waiting.add(go);
    return stop;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    const before = this.#answers;
    const there = await this.doors.ask();
    this.#asking = false;
    if (there) return this.heard();
    // Somebody else had an answer meanwhile.
    if (before !== this.#answers) return;
    this.#away = true;
    const now = () => {
      this.#rest();
      void this.#ask();
    };
    this.#next = { now, cancel: this.doors.later(this.#pause, now) };
    this.#pause = Math.min(MOST_MS, this.#pause * 2);
  }

  #back(): void {
    this.#rest();
    this.#away = false;
    this.#pause = FIRST_MS;
    for (const go of [...this.#waiting]) go();
  }

  #rest(): void {
    this.#next?.cancel();
    this.#next = null;
  }
}

/** Longer than any server takes to say that it lives. */
const ANSWER_MS = 10_000;

/** Anything but a gateway's excuse is an answer. */
async function answers(): Promise<boolean> {
  try {
    const { status } = await fetch('/livez', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });
    return status < 500;
  } catch {
    return false;
  }
}

export const presence = new Presence({
  ask: answers,
  later(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
});
