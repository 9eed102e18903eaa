/** Coordinates as people and maps write them. */

export interface Coordinates {
  latitude: number;
  longitude: number;
}

/** Degrees, minutes and seconds with the side of the globe before or after them. */
const ANGLE =
  /([NSEW])?\s*([-−+]?\d+(?:\.\d+)?)\s*(?:°|º|deg)?\s*(?:(\d+(?:\.\d+)?)\s*['′’]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:["″”]|'')\s*)?([NSEW](?![a-z]))?/giy;

/** `38.72, -9.14`, `38.72 N 9.14 W`, `38°43'12"N 9°8'24"W`, `38,72; -9,14`. Null where it is not a pair on the globe. */
export function readCoordinates(text: string): Coordinates | null {
  const angles = anglesOf(text.replaceAll(/(\d),(\d+)(?=\s*(?:[;°NSEW]|\s[-−+\d]|$))/gi, decimal(text)));
  if (angles?.length !== 2) return null;
  const [first, second] = angles as [Angle, Angle];
  const swapped = 'EW'.includes(first.side || '?') && 'NS'.includes(second.side || '?');
  const [latitude, longitude] = swapped ? [second, first] : [first, second];
  if ('EW'.includes(latitude.side || '?') || 'NS'.includes(longitude.side || '?')) return null;
  return onGlobe(latitude.degrees, longitude.degrees);
}

/** One of the two alone, or null. */
export function readDegrees(text: string, most: 90 | 180): number | null {
  const angles = anglesOf(text.replace(/^(\s*[-−+]?\d+),(\d+)/, '$1.$2'));
  const [only] = angles ?? [];
  if (angles?.length !== 1 || !only) return null;
  if ((most === 90 ? 'EW' : 'NS').includes(only.side || '?')) return null;
  return Math.abs(only.degrees) <= most ? only.degrees : null;
}

/** As fields show it: to a metre. */
export function writeDegrees(degrees: number): string {
  return String(Math.round(degrees * 1e5) / 1e5);
}

interface Angle {
  degrees: number;
  side: string;
}

/** A comma is a decimal one where it doesn't part the two numbers: where there are two of them, or something else does. */
function decimal(text: string): string {
  const commas = text.split(',').length - 1;
  return commas > 1 || text.includes(';') ? '$1.$2' : '$1,$2';
}

/** All angles of a text, or null where there is anything else in it. */
function anglesOf(text: string): Angle[] | null {
  const found: Angle[] = [];
  let at = 0;
  while (at < text.length) {
    ANGLE.lastIndex = at;
    const match = ANGLE.exec(text);
    const angle = match && angleOf(match);
    if (!match || !angle) return null;
    found.push(angle);
    at = ANGLE.lastIndex;
    at += /^[\s,;/]*/.exec(text.slice(at))![0].length;
  }
  return found;
}

function angleOf([, before, number, minutes, seconds, after]: RegExpExecArray): Angle | null {
  if ((before && after) || Number(minutes ?? 0) >= 60 || Number(seconds ?? 0) >= 60) return null;
  const side = (before ?? after ?? '').toUpperCase();
  const whole = Number(number!.replace('−', '-'));
  const negative = whole < 0 || Object.is(whole, -0);
  if (negative && side) return null;
  const size = Math.abs(whole) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
  const west = side === 'S' || side === 'W';
  return { degrees: (negative || west ? -size : size) + 0, side };
}

function onGlobe(latitude: number, longitude: number): Coordinates | null {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
