/** Numbers, sizes and dates as the reader's locale writes them. */
const locale = typeof navigator === 'undefined' ? 'en' : navigator.language;
const DAY = 86_400_000;

const number = new Intl.NumberFormat(locale);
const dayLong = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const dayShort = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const monthLong = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
const span = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
const wallClock = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/** 12,345 */
export function count(n: number): string {
  return number.format(n);
}

/** Saturday, 17 May 2025, from days since 1970-01-01. */
export function dayTitle(day: number): string {
  return dayLong.format(day * DAY);
}

/** Sat, 17 May 2025 */
export function dayTitleShort(day: number): string {
  return dayShort.format(day * DAY);
}

/** May 2025, from days since 1970-01-01. */
export function monthTitle(day: number): string {
  return monthLong.format(day * DAY);
}

/** A point in time, on the reader's clock: 17 May 2025 at 14:03 */
export function timeTitle(iso: string): string {
  return moment.format(new Date(iso));
}

/** From one point in time to another, on the reader's clock, and nothing said twice: 17 May 2025, 14:03 – 16:20 */
export function timeSpanTitle(from: string, to: string): string {
  return moment.formatRange(new Date(from), new Date(to));
}

/** From one day to another, and nothing said twice, from dates such as 2025-05-17: 17 – 20 May 2025 */
export function daySpanTitle(from: string, to: string): string {
  return span.formatRange(new Date(from), new Date(to));
}

/** A wall-clock reading without a zone, shown as it was read. */
export function wallClockTitle(local: string): string {
  return wallClock.format(new Date(`${local}Z`));
}

/** 3 hours ago */
export function ago(iso: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(0, 'minute');
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

/** 3.4 GB, in powers of 1000 as disks are sold. */
export function bytes(n: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
  const step = n < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(n) / 3));
  const value = n / 1000 ** step;
  const maximumFractionDigits = step > 1 && value < 100 ? 1 : 0;
  const unit = units[step];
  // The short form of bytes is the same for one and many.
  const unitDisplay = step === 0 ? 'long' : 'short';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
}

/** 1:04 or 1:02:33; the shortest takes a second. */
export function duration(ms: number): string {
  const seconds = ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, i) => (i ? String(part).padStart(2, '0') : String(part))).join(':');
}

/** Days since 1970-01-01 of `2025-05-17`. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
}

/** `2025-05-17` of days since 1970-01-01. */
export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** What a program says, as a sentence: begins with a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
