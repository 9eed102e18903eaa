/** What became of the search of the address: told by the page, shown by the field. */

import { ApiError, type FilterProblem } from '$lib/api/error';

export interface Problem extends FilterProblem {
  /** What the server says about it. */
  message: string;
}

class Found {
  /** What was searched for. */
  text = $state('');
  /** What somebody has asked for by Enter; what they only came by is another thing. */
  asked = $state('');
  /** True where it could be read. */
  understood = $state(false);
  /** How many there are; null while that is not known. */
  count = $state<number | null>(null);
  problem = $state.raw<Problem | null>(null);

  succeeded(text: string, count: number): void {
    [this.text, this.count, this.understood, this.problem] = [text, count, true, null];
  }

  failed(text: string, error: unknown): void {
    const filter = error instanceof ApiError ? error.filter : null;
    this.problem = filter && { ...filter, message: (error as ApiError).message };
    [this.text, this.count, this.understood] = [text, null, false];
  }
}

export const found = new Found();
