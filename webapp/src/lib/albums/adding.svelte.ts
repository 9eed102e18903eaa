/** Photos on their way into albums: asked for anywhere, by the one dialog of the app for it. */

class Adding {
  /** What is to be added; null while nothing is. */
  ids = $state.raw<readonly string[] | null>(null);
  /** The album for which photos are being looked for. */
  into = $state.raw<{ id: string; name: string } | null>(null);
  private then: () => void = () => undefined;

  /** Asks to which albums. `then` is called when that is done. */
  open(ids: readonly string[], then: () => void = () => undefined): void {
    [this.ids, this.then] = [ids, then];
  }

  close(): void {
    this.ids = null;
  }

  /** They are where they were to go. */
  done(): void {
    this.into = null;
    this.then();
    this.close();
  }
}

export const adding = new Adding();
