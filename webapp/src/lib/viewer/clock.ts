/** Times of day as the reader's locale writes them. */

import { t } from '$lib/i18n/viewer';

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
