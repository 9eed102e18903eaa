/** The change feed, live: followed once for the whole app, and on from where it stopped after a lost connection. */
import type { Changes } from './changes.gql';
import { follow } from './feed';
import type { ResultOf } from './graphql';

export type ChangeBatch = ResultOf<typeof Changes>['changes'];
export type Change = ChangeBatch['items'][number];
type Listener = (batch: ChangeBatch) => void;

const listeners = new Set<Listener>();
let stop: (() => void) | null = null;

/** Hears each batch of changes from now on; returns how to stop. The feed is followed as long as somebody listens. */
export function onChanges(listener: Listener): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size || !stop) return;
    stop();
    stop = null;
  };
}

function start(): () => void {
  const end = new AbortController();
  let position: string | null = null;
  void follow(
    {
      get position() {
        return position;
      },
      /** The first one tells where the feed stands; what happened while the page was being loaded is not in it. */
      deliver(batch) {
        if (end.signal.aborted) return;
        const reset = batch.reset || position === null;
        position = batch.position;
        for (const listener of listeners) listener({ ...batch, reset });
      },
      forget: () => (position = null),
    },
    end.signal,
  );
  return () => end.abort();
}
