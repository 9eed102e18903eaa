import { expect, test } from 'vitest';
import { codecs } from './codecs';

test('tracks are written as people write them', () => {
  const film = { videoCodec: 'hevc', audioCodec: 'aac', frameRate: 29.97002997, hdr: true };
  expect(codecs(film)).toBe('HEVC, 29.97 fps, HDR, AAC');
  expect(codecs({ videoCodec: 'cinepak', audioCodec: null, frameRate: null, hdr: false })).toBe('CINEPAK');
  expect(codecs(null)).toBeNull();
});
