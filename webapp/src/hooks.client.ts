import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { isMissingPart, offline } from '$lib/api/error';
import { mendStyles } from '$lib/api/part';
import { presence } from '$lib/api/presence.svelte';

export const init: ClientInit = () => {
  // Such events don't bubble.
  addEventListener('error', mendStyles, { capture: true });
  addEventListener('online', presence.nudge);
  addEventListener('offline', presence.missed);
  document.addEventListener('visibilitychange', presence.nudge);
};

/** Hands the real error on to the error page, which knows the words for each kind. */
export const handleError: HandleClientError = ({ error, message }) => {
  if (!isMissingPart(error)) return { message, cause: error };
  presence.missed();
  return { message, cause: offline(error) };
};

// An address whose signs can't be read ends the app before it has begun; the way back is all that can be offered.
try {
  decodeURI(location.pathname.replaceAll('%25', ''));
} catch {
  location.replace('/');
}
