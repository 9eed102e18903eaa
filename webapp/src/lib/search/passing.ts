/** Failures that time mends: what came to nothing is tried again by itself. */

import { codeOf } from '$lib/api/error';
import { presence } from '$lib/api/presence.svelte';

const RETRY_MS = 5000;

/** Tries again after a while, where that may help; answers how to call it off. */
export function againLater(error: unknown, retry: () => void): (() => void) | undefined {
  if (error === null) return undefined;
  const code = codeOf(error);
  return code === 'OFFLINE' || code === 'UNAVAILABLE' ? presence.again(RETRY_MS, retry) : undefined;
}
