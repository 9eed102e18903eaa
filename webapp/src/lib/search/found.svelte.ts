/** What became of the search of the address: told by the page, shown by the field. */

import { ApiError, type FilterProblem } from '$lib/api/error';

export interface Problem extends FilterProblem {
  /** What the server says about it. */
  message: string;
}

class Found {
  /** What was searched for. */
  text = $state('');
  /** True where it could be read. */
  understood = $state(false);
  problem = $state.raw<Problem | null>(null);

  succeeded(text: string): void {
    [this.text, this.understood, this.problem] = [text, true, null];
  }

  failed(text: string, error: unknown): void {
    const filter = error instanceof ApiError ? error.filter : null;
    this.problem = filter && { ...filter, message: (error as ApiError).message };
    [this.text, this.understood] = [text, false];
  }
}

export const found = new Found();
