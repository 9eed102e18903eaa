import { request } from '$lib/api/client';
import { Start } from '$lib/auth';

export async function load({ fetch }) {
  const { server } = await request(Start, undefined, { fetch });
  return { needed: server.needsSetup };
}
