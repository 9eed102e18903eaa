import { describe, expect, it } from 'vitest';
import { aperture, equivalent, exposureParts, exposureTime, focalLength } from './exposure';

/** Beside them, what exiftool prints for these values. */
const times: [number, string][] = [
  [0.004, '1/250 s'],
  [0.000125, '1/8000 s'],
  [0.0166666667, '1/60 s'],
  [0.25, '1/4 s'],
  [0.3, '0.3 s'],
  [0.5, '0.5 s'],
  [1, '1 s'],
  [1.3, '1.3 s'],
  [30, '30 s'],
];

describe('exposure', () => {
  it.each(times)('writes %d seconds as %s', (seconds, text) => expect(exposureTime(seconds, 'en')).toBe(text));

  it('writes apertures and focal lengths', () => {
    expect([2.8, 8, 0.95, 1.7799999].map((n) => aperture(n, 'en'))).toEqual(['f/2.8', 'f/8', 'f/0.95', 'f/1.8']);
    expect([35, 4.25, 200.4].map((n) => focalLength(n, 'en'))).toEqual(['35 mm', '4.3 mm', '200 mm']);
  });

  it('uses the decimal sign of the language', () => {
    expect(aperture(2.8, 'de')).toBe('f/2,8');
  });

  it('leaves out what is not known, and nonsense', () => {
    const unknown = { fNumber: null, time: null, iso: null, focalLength: null, focalLength35: null, flash: null };
    expect(exposureParts(unknown, 'en')).toEqual([]);
    expect(exposureParts({ ...unknown, time: 0, fNumber: 0, iso: 12800 }, 'en')).toEqual(['ISO 12800']);
  });

  it('tells the 35 mm equivalent only where it differs', () => {
    const base = { fNumber: null, time: null, iso: null, flash: null };
    expect(equivalent({ ...base, focalLength: 35, focalLength35: 35 }, 'en')).toBeNull();
    expect(equivalent({ ...base, focalLength: 4.25, focalLength35: 26 }, 'en')).toBe('26 mm');
  });
});
