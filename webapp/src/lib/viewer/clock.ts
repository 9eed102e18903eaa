/** Times of day as the reader's locale writes them. */

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
