/** The tracks of a film, as people write them. */
import { count, t } from '$lib/i18n/viewer';
import type { Asset } from '../asset';

const NAMES: Record<string, string> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  vp8: 'VP8',
  vp9: 'VP9',
  prores: 'ProRes',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
  mjpeg: 'Motion JPEG',
  aac: 'AAC',
  ac3: 'AC-3',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
};

/** `HEVC, 29.97 fps, HDR, AAC`; null where nothing is known. */
export function codecs(film: Asset['film']): string | null {
  if (!film) return null;
  const { videoCodec, audioCodec, frameRate, hdr } = film;
  const name = (codec: string) => NAMES[codec] ?? codec.toUpperCase();
  const rate = frameRate ? t.viewer.file.rate(count(Math.round(frameRate * 100) / 100)) : null;
  return [name(videoCodec), rate, hdr ? 'HDR' : null, audioCodec ? name(audioCodec) : null].filter(Boolean).join(', ');
}
