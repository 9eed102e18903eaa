/** How loud films are: a choice that holds from film to film and from visit to visit. */
import { remembered } from '$lib/shell/remembered.svelte';
import { LOUD, soundOf, type Sound } from './sound';

const stored = remembered<unknown>('film-sound', LOUD);

export const kept = {
  get sound(): Sound {
    return soundOf(stored.value);
  },
  set sound(sound: Sound) {
    stored.value = sound;
  },
};
