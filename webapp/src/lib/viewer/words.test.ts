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
    expect(['gif', 'jpeg'].map(moves)).toEqual([true, false]);
    expect(['jpeg', 'webp', 'other_video'].map(formatName)).toEqual(['JPEG', 'WebP', null]);
  });
});
