import { redirect } from '@sveltejs/kit';
import { request } from '$lib/api/client';
import { Start, whither } from '$lib/auth';

export async function load({ fetch, url }) {
  const to = whither(url.searchParams.get('to'), url);
  const { server, viewer } = await request(Start, undefined, { fetch });
  if (viewer) redirect(307, to);
  if (server.needsSetup) redirect(307, '/setup');
  return { to, ended: url.searchParams.has('ended'), sendsMail: server.sendsMail };
}
