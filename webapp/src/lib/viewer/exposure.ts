/** The way photographers write exposures; the same in every language but for the decimal sign. */

import type { Exposure } from './asset';

/** `1/250 s`, `0.5 s`, `30 s`. */
export function exposureTime(seconds: number, locale: string): string {
  if (seconds > 0 && seconds < 0.25001) return `1/${Math.round(1 / seconds)} s`;
  return `${decimals(seconds, 1, locale)} s`;
}

/** `f/2.8`, `f/8`, `f/0.95`. */
export function aperture(fNumber: number, locale: string): string {
  return `f/${decimals(fNumber, fNumber < 1 ? 2 : 1, locale)}`;
}

/** `35 mm`, `4.3 mm`. */
export function focalLength(millimetres: number, locale: string): string {
  return `${decimals(millimetres, millimetres < 10 ? 1 : 0, locale)} mm`;
}

/** The parts of an exposure that are known, in the order photographers say them. */
export function exposureParts(exposure: Exposure, locale: string): string[] {
  const parts: string[] = [];
  if (exposure.time != null && exposure.time > 0) parts.push(exposureTime(exposure.time, locale));
  if (exposure.fNumber != null && exposure.fNumber > 0) parts.push(aperture(exposure.fNumber, locale));
  if (exposure.iso != null && exposure.iso > 0) parts.push(`ISO ${exposure.iso}`);
  if (exposure.focalLength != null && exposure.focalLength > 0) parts.push(focalLength(exposure.focalLength, locale));
  return parts;
}

/** The focal length on 35 mm film, where it tells more than the real one. */
export function equivalent(exposure: Exposure, locale: string): string | null {
  const { focalLength: real, focalLength35: film } = exposure;
  if (!film || film <= 0) return null;
  return real && Math.abs(real - film) < 1 ? null : focalLength(film, locale);
}

function decimals(value: number, digits: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits, useGrouping: false }).format(value);
}
