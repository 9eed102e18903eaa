import { onChanges } from '$lib/api/changes';

/** While many photographs come, the map is looked at now and then, not with each of them. */
const PAUSE_MS = 2000;

/** Calls a moment after photographs have changed, until the answer is called. */
export function onNews(look: () => void): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  const stop = onChanges(({ items, reset }) => {
    if (soon !== undefined || !(reset || items.some(({ kind }) => kind === 'ASSET'))) return;
    soon = setTimeout(() => {
      soon = undefined;
      look();
    }, PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(soon);
  };
}
