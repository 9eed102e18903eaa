/** What a memory is called, and what stands beneath. */
import { daySpanTitle, t } from '$lib/i18n/memories';
import type { Memory } from './memories.gql';

const words = t.memories;

type Told = Pick<Memory, 'kind' | 'from' | 'to' | 'place' | 'yearsAgo'>;

/** A day by how long ago it was, a trip by where it went. */
export function titleOf({ kind, place, yearsAgo }: Told): string {
  return kind === 'DAY' ? words.yearsAgo(yearsAgo) : (place ?? words.trip);
}

/** When, and of a day also where. */
export function beneath({ kind, from, to, place }: Told): string {
  const when = daySpanTitle(from, to);
  return kind === 'DAY' && place ? `${place}, ${when}` : when;
}
