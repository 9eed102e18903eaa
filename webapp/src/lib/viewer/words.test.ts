import { describe, expect, it } from 'vitest';
import { cameraName } from './camera';
import { offsetName } from './clock';
import { formatName } from '../i18n/format-name';
import { moves, showsOriginal } from './formats';

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
