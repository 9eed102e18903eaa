/** Opens a public link: what comes back is a cookie that the browser sends below the link's handle, and nowhere else. */
import { preflight } from '$lib/api/client';
import { ApiError, offline } from '$lib/api/error';
import { below } from './address';

/** `asks`: for its password; `wrong`: that was not it; `gone`: there is no such link any more. */
export type Entry = 'open' | 'asks' | 'wrong' | 'gone';

const REFUSED: Record<string, Entry> = { PASSWORD_REQUIRED: 'asks', WRONG_PASSWORD: 'wrong', NOT_FOUND: 'gone' };

export async function open(
  token: string,
  password: string | null,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Entry> {
  const headers = { 'content-type': 'application/json', ...preflight };
  const body = JSON.stringify({ token, password });
  let response: Response;
  try {
    response = await fetch(`${below(token)}/open`, { method: 'POST', headers, body, credentials: 'same-origin' });
  } catch (cause) {
    throw offline(cause);
  }
  if (response.ok) return 'open';
  const answer = (await response.json().catch(() => null)) as { code?: string; message?: string } | null;
  const refused = REFUSED[answer?.code ?? ''];
  if (refused) return refused;
  const code = response.status === 429 ? 'RATE_LIMITED' : response.status >= 502 ? 'OFFLINE' : 'INTERNAL';
  throw new ApiError(code, answer?.message ?? response.statusText);
}
