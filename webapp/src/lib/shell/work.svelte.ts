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
/** When the planned look is due. */
let due = Infinity;
let last = -Infinity;
/** Counts up with each following, so that a late answer can't go on with one that has ended. */
let following = 0;

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
  void read(++following);
  return () => {
    stop();
    following++;
    clearTimeout(timer);
    due = Infinity;
    state = null;
  };
}

/** A look that is due sooner stays. */
function plan(pause: number): void {
  const wanted = last + pause;
  if (wanted >= due) return;
  due = wanted;
  clearTimeout(timer);
  const mine = following;
  timer = setTimeout(() => void read(mine), Math.max(0, due - performance.now()));
}

async function read(mine: number): Promise<void> {
  last = performance.now();
  due = Infinity;
  try {
    const work = summarise(await request(WorkOf));
    if (mine === following) state = work;
  } catch {
    // What was known stays on screen; the next look asks again.
  }
  if (mine === following && state && (state.scanning || state.left > 0)) plan(WATCH_MS);
}
