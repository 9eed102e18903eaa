/** Keeps the state of the background work up to date, for whoever shows it. */
import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import { summarise, type Work } from './work';
import { WorkOf } from './work.gql';

const PAUSE_MS = 1000;
/** While work goes on it is looked at now and then even if nothing is announced. */
const WATCH_MS = 5000;

let state = $state.raw<Work | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;
let last = -Infinity;

/** Null until it is known. */
export const work = {
  get now(): Work | null {
    return state;
  },
};

/** Follows the work until the answer is called. */
export function followWork(): () => void {
  const stop = onChanges(({ items, reset }) => {
    if (reset || items.length) plan(PAUSE_MS);
  });
  void read();
  return () => {
    stop();
    clearTimeout(timer);
    timer = undefined;
  };
}

function plan(pause: number): void {
  const due = last + pause - performance.now();
  clearTimeout(timer);
  timer = setTimeout(() => void read(), Math.max(0, due));
}

async function read(): Promise<void> {
  last = performance.now();
  try {
    state = summarise(await request(WorkOf));
  } catch {
    // What was known stays on screen; the next change asks again.
  }
  if (state && (state.scanning || state.left > 0)) plan(WATCH_MS);
}
