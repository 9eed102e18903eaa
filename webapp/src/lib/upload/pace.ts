/** How fast it goes and how long it will take, from the last seconds only. */

interface Sample {
  at: number;
  bytes: number;
}

const WINDOW = 12_000;

export class Pace {
  #samples: Sample[] = [];

  /** Notes how much is done; a step back (a file given up) starts anew. */
  note(bytes: number, now: number): void {
    const last = this.#samples.at(-1);
    if (last && bytes < last.bytes) this.#samples = [];
    if (!last || now - last.at >= 250) this.#samples.push({ at: now, bytes });
    this.#samples = this.#samples.filter(({ at }) => now - at <= WINDOW);
  }

  reset(): void {
    this.#samples = [];
  }

  /** Bytes per second; null until enough was seen. */
  get speed(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < 1500) return null;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }

  /** Seconds for the rest; null where unknown. */
  left(rest: number): number | null {
    const { speed } = this;
    return speed && speed > 0 ? rest / speed : null;
  }
}
