import { redirect } from '@sveltejs/kit';
import { request } from '$lib/api/client';
import { handOver, Start } from '$lib/auth';

/** Whose photographs this page has in memory. */
let person: string | null = null;

/** Asked once: later pages keep the answer. */
export async function load({ fetch, url, untrack }) {
  const { server, viewer } = await request(Start, undefined, { fetch });
  if (server.needsSetup) redirect(307, '/setup');
  if (!viewer) {
    const here = untrack(() => url.pathname + url.search);
    redirect(307, here === '/photos' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`);
  }
  handOver(localStorage, viewer.user.id);
  // Somebody else signed in here: nothing of the one before may stay in memory.
  if (person !== null && person !== viewer.user.id) location.reload();
  person = viewer.user.id;
  return { server, user: viewer.user };
}
