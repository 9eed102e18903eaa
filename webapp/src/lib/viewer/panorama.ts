/** What a panorama is, in words. */
import { t } from '$lib/i18n/viewer';
import type { Asset } from './asset';

/** Null for all other pictures. */
export function panoramaWords({ projection, panorama }: Pick<Asset, 'projection' | 'panorama'>): string | null {
  if (!projection && !panorama) return null;
  const { whole, part } = t.viewer.file.panorama;
  const crop = panorama?.crop;
  // One that does not say which part of the world it is, is all of it.
  const around = crop ? crop.width >= crop.fullWidth : projection?.toLowerCase() === 'equirectangular';
  return around ? whole : part;
}
