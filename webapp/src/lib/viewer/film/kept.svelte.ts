/** How loud films are and in which quality: choices that hold from film to film and from visit to visit. */
import { remembered } from '$lib/shell/remembered.svelte';
import { qualityOf, type Quality } from './quality';
import { LOUD, soundOf, type Sound } from './sound';

const stored = remembered<unknown>('film-sound', LOUD);
const quality = remembered<unknown>('film-quality', null);

export const kept = {
  get sound(): Sound {
    return soundOf(stored.value);
  },
  set sound(sound: Sound) {
    stored.value = sound;
  },
  /** Null where nobody has chosen. */
  get quality(): Quality | null {
    return qualityOf(quality.value);
  },
  set quality(chosen: Quality | null) {
    quality.value = chosen;
  },
};
