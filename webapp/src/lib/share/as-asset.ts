/** What a public link shows, in the forms that grid and stage know. What it does not tell is nothing there. */
import { streamUrl } from '$lib/api/media-url';
import type { Shelved } from '$lib/shelves';
import type { Asset } from '$lib/viewer';
import type { SharedOne } from './share.gql';

export function asTile({ id, type, width, height, durationMs, thumbhash, tag, state, ...told }: SharedOne): Shelved {
  return {
    ...{ id, type, width, height, durationMs, thumbhash, tag, state },
    name: told.name ?? '',
    localTakenAt: told.localTakenAt ?? '',
    favourite: false,
    trashedUntil: null,
    library: null,
  };
}

export function asAsset(one: SharedOne): Asset {
  const { camera, place, playback } = one;
  return {
    ...NOTHING,
    ...asTile(one),
    library: null,
    // Only where its original goes out is more to be had than the preview.
    offline: one.file?.variant !== 'original',
    title: one.title,
    caption: one.caption,
    camera: camera && { ...camera, serial: null },
    place,
    playback: playback && {
      state: playback.variant === 'film' ? 'TRANSCODED' : 'ORIGINAL',
      variant: playback.variant ?? '',
      progress: null,
      reason: null,
      stream: playback.streamSizes.length > 0 ? streamUrl(one.id) : null,
      streamSizes: playback.streamSizes,
    },
  };
}

const NOTHING: Omit<Asset, keyof Shelved | 'offline' | 'title' | 'caption' | 'camera' | 'place' | 'playback'> & {
  library: null;
} = {
  format: '',
  paths: [],
  projection: null,
  panorama: null,
  bytes: 0,
  sha1: '',
  blake3: '',
  takenAt: '',
  offsetMinutes: 0,
  timeZone: null,
  takenGuessed: true,
  takenSource: null,
  addedAt: '',
  keywords: [],
  creator: null,
  copyright: null,
  sidecar: null,
  rating: null,
  edited: [],
  problem: null,
  notes: [],
  life: 'ACTIVE',
  film: null,
  live: null,
  stack: null,
  library: null,
  albums: [],
  exposure: null,
  position: null,
};
