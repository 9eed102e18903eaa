/** Asks for the whole timeline while the rest of the app still starts, so that the first screen waits once, not twice. */
import { query } from '$lib/api/client';
import { Columns, type ColumnsAnswer } from './timeline.gql';

let asked: Promise<{ timeline: ColumnsAnswer }> | null = null;

/** Called when the photos' page is about to be shown. */
export function askEarly(): void {
  if (asked) return;
  const answer = ask();
  asked = answer;
  // Who was not signed in then may be by now, and a server that was away may be back: a failure is asked again.
  answer.catch(() => {
    if (asked === answer) asked = null;
  });
}

/** The answer asked for early, once. */
export function takeEarly(): Promise<{ timeline: ColumnsAnswer }> | null {
  const answer = asked;
  asked = null;
  return answer;
}

function ask() {
  return query(Columns, { filter: null, near: false, from: '1970-01-01', to: '1970-01-01' });
}
