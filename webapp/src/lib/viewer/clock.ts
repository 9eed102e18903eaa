/** Times of day as the reader's locale writes them, and how far they are known. */

import { t } from '$lib/i18n/viewer';
import type { Asset } from './asset';

const locale = typeof navigator === 'undefined' ? 'en' : navigator.language;
const time = new Intl.DateTimeFormat(locale, {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** `14:03:09` of a wall-clock reading. */
export function clock(local: string): string {
  return time.format(new Date(`${local.replace(/Z$/, '')}Z`));
}

/** `UTC+5:30`, `UTC−3`, `UTC`. */
export function offsetName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 ? `:${String(size % 60).padStart(2, '0')}` : '';
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** `Lisbon, UTC+1`, or the offset alone where no zone is known. */
export function zoneTitle(timeZone: string | null, minutes: number): string {
  const city = timeZone?.split('/').at(-1)?.replaceAll('_', ' ');
  const offset = offsetName(minutes);
  return city && city !== offset ? t.viewer.when.zone(city, offset) : offset;
}

/**
 * True where nobody stated the time zone. Files state offsets; the name of a zone comes from the place where it was taken
 * or from a person, and where there is neither it is the server's own.
 */
export function zoneAssumed({ timeZone, position, edited }: Pick<Asset, 'timeZone' | 'position' | 'edited'>): boolean {
  return timeZone !== null && position === null && !edited.includes('TAKEN');
}

/** How the date was guessed; null where it was stated. */
export function guess({ takenGuessed, takenSource }: Pick<Asset, 'takenGuessed' | 'takenSource'>): string | null {
  if (!takenGuessed) return null;
  const { came, part, saved } = t.viewer.when.guessed;
  if (takenSource === null) return came;
  return takenSource === 'MODIFIED' || takenSource === 'FILE' ? saved : part;
}
