/** True when nobody has moved for a while, so that controls may step back. */

const AFTER_MS = 2000;

export class Idle {
  idle = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Somebody moved. */
  wake = (): void => {
    clearTimeout(this.#timer);
    this.idle = false;
    this.#timer = setTimeout(() => (this.idle = true), AFTER_MS);
  };

  /** A tap shows the controls or hides them at once. */
  toggle = (): void => {
    if (this.idle) return this.wake();
    clearTimeout(this.#timer);
    this.idle = true;
  };

  stop = (): void => clearTimeout(this.#timer);
}
