import { describe, expect, it, test } from 'vitest';
import { cameraName } from './camera';
import { guess, offsetName, zoneAssumed } from './clock';
import { formatName } from '../i18n/format-name';
import { moves, showsOriginal } from './formats';
import { panoramaWords } from './panorama';

describe('words of the panel', () => {
  it('names a camera once', () => {
    expect(cameraName({ make: 'Canon', model: 'Canon EOS R5' })).toBe('Canon EOS R5');
    expect(cameraName({ make: 'NIKON CORPORATION', model: 'NIKON D850' })).toBe('NIKON D850');
    expect(cameraName({ make: 'FUJIFILM', model: 'X-T4' })).toBe('FUJIFILM X-T4');
    expect(cameraName({ make: 'Apple', model: null })).toBe('Apple');
    expect(cameraName({ make: null, model: ' ' })).toBeNull();
  });

  it('writes offsets from UTC', () => {
    expect([0, 120, -180, 345, -570].map(offsetName)).toEqual(['UTC', 'UTC+2', 'UTC−3', 'UTC+5:45', 'UTC−9:30']);
  });

  it('knows which originals a browser shows, whatever the case of their names', () => {
    expect(['jpeg', 'PNG', 'heic', 'raw', 'svg'].map(showsOriginal)).toEqual([true, true, false, false, false]);
    const moving = (formats: string[], length: number | null) => formats.filter((format) => moves(format, length));
    const kinds = ['gif', 'png', 'webp', 'avif', 'heic', 'jpeg'];
    expect(moving(kinds, 800)).toEqual(['gif', 'png', 'webp', 'avif']);
    // Frames that ask for no time at all move, too.
    expect(moving(kinds, 0)).toEqual(['gif', 'png', 'webp', 'avif']);
    expect(moving(kinds, null)).toEqual([]);
    expect(['jpeg', 'webp', 'other_video'].map(formatName)).toEqual(['JPEG', 'WebP', null]);
  });
});

describe('how far a date is known', () => {
  const here = { latitude: 1, longitude: 2, altitude: null, direction: null };

  test.each([
    ['neither place nor person', 'Europe/Berlin', null, [], true],
    ['its place', 'Europe/Berlin', here, [], false],
    ['a person', 'Europe/Berlin', null, ['TAKEN'], false],
    ['nobody, but it states an offset', null, null, [], false],
    ['a person who took its place away', 'Europe/Berlin', null, ['POSITION'], true],
  ] as const)('a zone told by %s', (_, timeZone, position, edited, assumed) => {
    expect(zoneAssumed({ timeZone, position, edited: [...edited] })).toBe(assumed);
  });

  test.each([
    ['states it', false, 'ORIGINAL', null],
    ['states a month', true, 'ORIGINAL', 'Date guessed: the file states only a month or a year'],
    ['was saved', true, 'MODIFIED', 'Date guessed: the file states none, so this is when it was last saved'],
    ['states nothing', true, 'FILE', 'Date guessed: the file states none, so this is when it was last saved'],
    ['is not read yet', true, null, 'Date not read yet: this is when it came in'],
  ] as const)('a file that %s', (_, takenGuessed, takenSource, words) => {
    expect(guess({ takenGuessed, takenSource })).toBe(words);
  });
});

test.each([
  ['is an ordinary picture', null, undefined, null],
  ['says no more', 'equirectangular', undefined, '360° panorama'],
  ['says how it was held', 'equirectangular', null, '360° panorama'],
  ['is the whole', 'Equirectangular', { width: 6000, fullWidth: 6000 }, '360° panorama'],
  ['is a part', 'equirectangular', { width: 4000, fullWidth: 6000 }, 'Panorama'],
  ['is a part of who knows what', null, { width: 4000, fullWidth: 6000 }, 'Panorama'],
  ['is laid flat otherwise', 'cylindrical', undefined, 'Panorama'],
] as const)('a picture that %s', (_, projection, crop, words) => {
  expect(panoramaWords({ projection, panorama: crop === undefined ? null : { crop } })).toBe(words);
});
