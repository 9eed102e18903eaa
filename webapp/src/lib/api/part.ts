/** Parts of the app that are loaded when they are wanted, however long the server is away by then. */
import { isMissingPart } from './error';
import { presence } from './presence.svelte';

const PAUSE_MS = 3000;

/** Loads a part, again and again until it comes. */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (!isMissingPart(error)) throw error;
      presence.missed();
      await new Promise<void>((resume) => presence.again(PAUSE_MS, resume));
      await styled();
    }
  }
}

/** Stylesheets that failed and have not come yet. */
const missing = new Set<Promise<void>>();

/** For `error` events: each part's styles are asked for only once, whatever comes of it; here they are asked for anew. */
export function mendStyles({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet' || target.onerror) return;
  presence.missed();
  const come = new Promise<void>((resolve) => ask(target, resolve)).then(() => void missing.delete(come));
  missing.add(come);
}

/** Resolves when no styles are missing any more: what is drawn without them would measure nonsense. */
export async function styled(): Promise<void> {
  await Promise.all(missing);
}

function ask(link: HTMLLinkElement, loaded: () => void): void {
  presence.again(PAUSE_MS, () => {
    const fresh = link.cloneNode() as HTMLLinkElement;
    fresh.onload = loaded;
    fresh.onerror = () => ask(fresh, loaded);
    link.replaceWith(fresh);
  });
}
