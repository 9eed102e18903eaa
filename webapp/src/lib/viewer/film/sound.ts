/** How loud films are, as it is kept from visit to visit. */

export interface Sound {
  /** 0 to 1. */
  volume: number;
  muted: boolean;
}

export const LOUD: Sound = { volume: 1, muted: false };
/** Sound that is switched on is heard. */
const HEARD = 0.5;

/** Whatever was kept, made usable. */
export function soundOf(kept: unknown): Sound {
  const { volume, muted } = (kept ?? {}) as Partial<Sound>;
  return { volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : 1, muted: muted === true };
}

export function silent({ volume, muted }: Sound): boolean {
  return muted || volume === 0;
}

/** On or off; on, it is never too low to be heard. */
export function switched(sound: Sound): Sound {
  return silent(sound) ? { volume: sound.volume || HEARD, muted: false } : { ...sound, muted: true };
}

/** Turning it up or down also switches it on. */
export function turned(volume: number): Sound {
  return { volume: Math.min(Math.max(volume, 0), 1), muted: false };
}
