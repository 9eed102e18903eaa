/** A list that grows by a page at a time, as often as somebody asks for more, and stays true while the server's changes. */

export interface Page<T> {
  rows: readonly T[];
  /** How many there are on the server. */
  total: number;
  /** Cursor of the last row; null in an empty page. */
  end: string | null;
  more: boolean;
}

export type Fetch<T> = (first: number, after: string | null) => Promise<Page<T>>;

const PAGE = 50;
/** The server's largest page. */
export const MOST = 500;

export class GrowingList<T> {
  shown = $state.raw<readonly T[]>([]);
  total = $state.raw(0);
  more = $state.raw(false);

  #end: string | null = null;
  /** Rows that the reader has asked for. */
  #asked: number;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting: Promise<void> | null = null;

  constructor(
    private readonly fetch: Fetch<T>,
    /** Tells rows apart. */
    readonly keyOf: (row: T) => string,
    /** Rows that it grows by. */
    private readonly page = PAGE,
  ) {
    this.#asked = page;
  }

  /** Appends the next page. */
  grow(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.more) return;
      const next = await this.fetch(this.page, this.#end);
      this.#show([...this.shown, ...next.rows], next);
      this.#asked = Math.max(this.page, this.shown.length);
    });
  }

  /** Reads again what is shown. Whoever asks while another reading waits for its turn is served by that one. */
  refresh(): Promise<void> {
    this.#waiting ??= this.#inTurn(() => {
      this.#waiting = null;
      return this.#reread();
    });
    return this.#waiting;
  }

  /** Nothing is shown before all of it is there: a list that shrinks for a moment loses its reader's place. */
  async #reread(): Promise<void> {
    const rows: T[] = [];
    let page = await this.fetch(Math.min(MOST, this.#asked), null);
    rows.push(...page.rows);
    const wanted = this.#wanted(page.total);
    while (page.more && rows.length < wanted) {
      page = await this.fetch(Math.min(MOST, wanted - rows.length), page.end);
      rows.push(...page.rows);
    }
    this.#show(rows, page);
  }

  /**
   * Rows that have come in above must not push out the last ones, which somebody may be reading. A list that nobody
   * has made longer stays as short as it is, and none grows without end by itself.
   */
  #wanted(total: number): number {
    if (this.#asked === this.page) return this.page;
    const came = Math.max(0, total - this.total);
    return Math.max(this.#asked, Math.min(this.shown.length + came, this.#asked + MOST));
  }

  #show(rows: readonly T[], { total, end, more }: Page<T>): void {
    // A row that has moved down between two pages is in both.
    this.shown = [...new Map(rows.map((row) => [this.keyOf(row), row])).values()];
    [this.total, this.#end, this.more] = [total, end, more];
  }

  /** One at a time: an answer that comes late would undo a newer one. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
