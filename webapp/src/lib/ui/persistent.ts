/**
 * For `{@attach persistent()}` on an `<img>`: what could not be fetched is asked for again, with growing pauses, and at
 * once when the server is back.
 */
import { presence, type Presence } from '$lib/api/presence.svelte';

const FIRST_MS = 2000;
const MOST_MS = 60_000;

/** Whenever `news` change, a picture that has failed is asked for at once. */
export function persistent(news?: unknown, server: Pick<Presence, 'missed' | 'again'> = presence) {
  void news;
  return (image: HTMLImageElement): (() => void) => {
    let failures = 0;
    let cancel = () => {};
    const ask = () => {
      const { src } = image;
      image.src = src;
    };
    const failed = () => {
      server.missed();
      cancel();
      const pause = Math.min(MOST_MS, FIRST_MS * 2 ** failures++);
      cancel = server.again(pause * (0.75 + Math.random() / 2), ask);
    };
    const loaded = () => {
      cancel();
      failures = 0;
    };
    if (image.src && image.complete && image.naturalWidth === 0) ask();
    image.addEventListener('error', failed);
    image.addEventListener('load', loaded);
    return () => {
      cancel();
      image.removeEventListener('error', failed);
      image.removeEventListener('load', loaded);
    };
  };
}
