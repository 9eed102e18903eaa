/** The keys of a film, as video players everywhere have them. Arrows stay with the photos around it. */
import type { Player } from './player.svelte';
import { kept } from './kept.svelte';
import { switched } from './sound';

const WIND_S = 10;

/** What a key means for the film, or null: Space on a button presses the button, and a key held down acts once. */
export function filmKeys(player: Player, fullscreen: () => void): (event: KeyboardEvent) => (() => void) | null {
  const once: Record<string, () => void> = {
    ' ': player.toggle,
    k: player.toggle,
    m: () => (kept.sound = switched(kept.sound)),
    f: fullscreen,
  };
  const wind: Record<string, () => void> = {
    j: () => player.wind(player.time - WIND_S),
    l: () => player.wind(player.time + WIND_S),
  };
  return ({ key, repeat, target }) => {
    if (key === ' ' && (target as Element).closest('a, button, summary')) return null;
    const act = once[key];
    if (act) return repeat ? () => undefined : act;
    return wind[key] ?? null;
  };
}
