import { describe, expect, it } from 'vitest';
import { readCoordinates, readDegrees, writeDegrees } from './coordinates';
import { finished, readKeywords } from './keywords';
import { offsetWhenShowing, readClock, writeClock } from './zones';

describe('coordinates', () => {
  it.each([
    ['38.72, -9.14', 38.72, -9.14],
    ['  38.72 -9.14 ', 38.72, -9.14],
    ['38.72,−9.14', 38.72, -9.14],
    ['38,-9', 38, -9],
    ['-0.5, 0', -0.5, 0],
    ['38,72; -9,14', 38.72, -9.14],
    ['38,72 -9,14', 38.72, -9.14],
    ['38.72 N 9.14 W', 38.72, -9.14],
    ['W 9.14, N 38.72', 38.72, -9.14],
    [`38°43'12"N 9°8'24"W`, 38.72, -9.14],
    ['38° 43.2′ N, 9° 8.4′ W', 38.72, -9.14],
    ['33.8688° S, 151.2093° E', -33.8688, 151.2093],
  ])('reads %s', (text, latitude, longitude) => {
    const found = readCoordinates(text);
    expect(found?.latitude).toBeCloseTo(latitude, 9);
    expect(found?.longitude).toBeCloseTo(longitude, 9);
  });

  it.each([
    '',
    '38.72',
    '38.72, -9.14, 5',
    '91, 0',
    '0, 181',
    'Lisbon',
    '38.72 E, 9.14 N, x',
    '38.72 N 9.14 S',
    '-9 W, 3 N',
  ])('refuses “%s”', (text) => expect(readCoordinates(text)).toBeNull());

  it('reads one number alone within its bounds, and writes it to a metre', () => {
    expect(readDegrees('38,72', 90)).toBe(38.72);
    expect(readDegrees('9.14 W', 180)).toBe(-9.14);
    expect(readDegrees('9.14 W', 90)).toBeNull();
    expect(readDegrees('90.1', 90)).toBeNull();
    expect(readDegrees('', 90)).toBeNull();
    expect(writeDegrees(-9.1399999)).toBe('-9.14');
  });
});

describe('keywords', () => {
  it('parts them by commas, keeps what is above them, and names each once', () => {
    expect(readKeywords(' sea,  Places | Portugal|,sunset  sky,, Sea ')).toEqual([
      'sea',
      'Places|Portugal',
      'sunset sky',
    ]);
    expect(readKeywords(' , | ')).toEqual([]);
  });

  it('tells what a comma has finished from what is still being typed', () => {
    expect(finished('sea')).toEqual([[], 'sea']);
    expect(finished('sea,')).toEqual([['sea'], '']);
    expect(finished('sea, sky, su')).toEqual([['sea', 'sky'], 'su']);
  });
});

describe('clocks', () => {
  it.each([
    ['+2', { offsetMinutes: 120 }],
    ['UTC−3:30', { offsetMinutes: -210 }],
    ['gmt+0530', { offsetMinutes: 330 }],
    ['+14:00', { offsetMinutes: 840 }],
    ['utc', { offsetMinutes: 0 }],
    ['Europe/Lisbon', { timeZone: 'Europe/Lisbon' }],
    [' new york ', { timeZone: 'America/New_York' }],
    ['+14:01', null],
    ['+2:75', null],
    ['Europe/Atlantis', null],
    ['5', null],
    ['', null],
  ])('reads “%s”', (text, clock) => expect(readClock(text)).toEqual(clock));

  it('reads what it writes', () => {
    for (const minutes of [0, 120, -210, 345]) {
      expect(readClock(writeClock(null, minutes))).toEqual({ offsetMinutes: minutes });
    }
  });

  // By the tz database: summer time begins at 01:00 UTC on 30 March 2025 and ends on 26 October.
  it.each([
    ['2025-01-15T12:00:00', 60],
    ['2025-07-15T12:00:00', 120],
    ['2025-03-30T01:59:59', 60],
    ['2025-03-30T02:30:00', 60],
    ['2025-03-30T03:00:00', 120],
    ['2025-10-26T02:30:00', 120],
    ['2025-10-26T03:00:00', 60],
  ])('knows what the clock of Berlin is ahead at %s', (local, minutes) =>
    expect(offsetWhenShowing({ timeZone: 'Europe/Berlin' }, local)).toBe(minutes),
  );
});
