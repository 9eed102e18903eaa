import { redirect } from '@sveltejs/kit';
import { request } from '$lib/api/client';
import { Start } from '$lib/auth';

export async function load({ fetch, url }) {
  const wanted = url.searchParams.get('to') ?? '/photos';
  // Only ever on to a page of ours: `//elsewhere` and `/\elsewhere` are other hosts.
  const to = /^\/(?![/\\])/.test(wanted) ? wanted : '/photos';
  const { server, viewer } = await request(Start, undefined, { fetch });
  if (viewer) redirect(307, to);
  if (server.needsSetup) redirect(307, '/setup');
  return { to };
}
