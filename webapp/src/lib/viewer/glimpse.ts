/** What a list knows about an asset before the server is asked: enough to show it at once at its final size. */

import type { Neighbour } from '$lib/timeline';
import type { Asset } from './asset';

export interface Glimpse {
  /** Width / height. */
  ratio: number;
  tag: number;
  /** ThumbHash in hex, empty where none. */
  thumbhash: string;
  /** Pictures exist, so asking for them makes sense. */
  ready: boolean;
  film: boolean;
}

/** One picture of the viewer's strip: the one shown, or one beside it. */
export interface Slide {
  id: string;
  /** -1 before, 0 shown, 1 after. */
  offset: -1 | 0 | 1;
  glimpse: Glimpse | null;
  /** Undefined while asked for, null where it can't be had. */
  asset: Asset | null | undefined;
}

/** True for a film with a poster, which can be played. */
export function plays(glimpse: Glimpse | null | undefined): boolean {
  return glimpse?.film === true && glimpse.ready;
}

/** Which film is played: the original until one made anew is there; null where there are only its smaller sizes. */
export function playsAs(asset: Asset | null | undefined): 'film' | 'original' | null {
  if (asset?.playback?.variant === '') return null;
  return asset?.playback?.variant === 'film' ? 'film' : 'original';
}

/** Where nothing is known yet. */
const UNKNOWN_RATIO = 4 / 3;

export function fromAsset({ width, height, tag, thumbhash, state, type }: Asset): Glimpse {
  const ratio = width && height ? width / height : UNKNOWN_RATIO;
  return { ratio, tag, thumbhash: thumbhash ?? '', ready: state === 'READY', film: type === 'VIDEO' };
}

export function fromNeighbour({ ratio, tag, thumbhash, shown, film }: Neighbour): Glimpse {
  return { ratio, tag, thumbhash, ready: shown, film };
}
