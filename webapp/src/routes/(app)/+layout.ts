import { redirect } from '@sveltejs/kit';
import { request } from '$lib/api/client';
import { handOver, Start } from '$lib/auth';

/** Asked once: later pages keep the answer. */
export async function load({ fetch, url, untrack }) {
  const { server, viewer } = await request(Start, undefined, { fetch });
  if (server.needsSetup) redirect(307, '/setup');
  if (!viewer) {
    const here = untrack(() => url.pathname + url.search);
    redirect(307, here === '/photos' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`);
  }
  handOver(localStorage, viewer.user.id);
  return { server, user: viewer.user };
}
