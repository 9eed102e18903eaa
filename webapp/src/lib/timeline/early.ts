/** Asks for the whole timeline while the rest of the app still starts, so that the first screen waits once, not twice. */
import { query } from '$lib/api/client';
import { Columns, type ColumnsAnswer } from './timeline.gql';

let asked: Promise<{ timeline: ColumnsAnswer }> | null = null;

/** Called when the photos' page is about to be shown. */
export function askEarly(): void {
  asked ??= ask();
  // A failure is the business of whoever takes the answer.
  asked.catch(() => {});
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
