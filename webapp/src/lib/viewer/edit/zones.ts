/** Clocks as people name them, and what they show. */

import { offsetName } from '../clock';

/** As `TakenInput` takes it. */
export type Clock = { timeZone: string } | { offsetMinutes: number };

const OFFSET = /^(?:utc|gmt)?\s*([-−+])\s*(\d{1,2})(?::?(\d{2}))?$/i;
const MOST_MINUTES = 14 * 60;
const MINUTE = 60_000;

let names: string[] | null = null;

/** All time zones that the browser knows by name. */
export function zoneNames(): string[] {
  return (names ??= Intl.supportedValuesOf('timeZone'));
}

/** `Europe/Lisbon`, `lisbon`, `UTC`, `+2`, `UTC−3:30`, `GMT+0530`; null where it is none of that. */
export function readClock(text: string): Clock | null {
  const wanted = text.trim();
  if (/^(utc|gmt|z)$/i.test(wanted)) return { offsetMinutes: 0 };
  const offset = OFFSET.exec(wanted);
  if (offset) return offsetOf(offset);
  const name = wanted.replaceAll(/\s+/g, '_').toLowerCase();
  const cities = zoneNames().filter((zone) => zone.toLowerCase().split('/').at(-1) === name);
  const found = zoneNames().find((zone) => zone.toLowerCase() === name) ?? (cities.length === 1 ? cities[0] : null);
  // Names that have become others are known, but not listed.
  const zone = found ?? (wanted.includes('/') && isZone(wanted) ? wanted : null);
  return zone ? { timeZone: zone } : null;
}

/** As the field shows it: `Europe/Lisbon`, `UTC+2`. */
export function writeClock(timeZone: string | null, offsetMinutes: number): string {
  return timeZone ?? offsetName(offsetMinutes);
}

/** Minutes that this clock is ahead of UTC while it shows a wall-clock reading; of two moments the earlier one. */
export function offsetWhenShowing(clock: Clock, local: string): number {
  if ('offsetMinutes' in clock) return clock.offsetMinutes;
  const reading = Date.parse(`${local}Z`);
  // Whatever the zone is, its clock changes at most once in two days.
  const around = [-1, 1].map((days) => offsetAt(clock.timeZone, reading + days * 24 * 60 * MINUTE));
  const fitting = around.filter((offset) => offsetAt(clock.timeZone, reading - offset * MINUTE) === offset);
  return fitting.length > 0 ? Math.max(...fitting) : around[0]!;
}

function offsetOf([, sign, hours, minutes = '0']: RegExpExecArray): Clock | null {
  const size = Number(hours) * 60 + Number(minutes);
  if (size > MOST_MINUTES || Number(minutes) >= 60) return null;
  return { offsetMinutes: (sign === '+' ? size : -size) + 0 };
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function offsetAt(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  // Towards the beginning, as the server does where a clock of old was off by seconds.
  return Math.trunc((shown - Math.floor(instant / 1000) * 1000) / MINUTE);
}
