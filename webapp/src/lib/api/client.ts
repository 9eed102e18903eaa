/** One door to the GraphQL API: typed documents in, data out, every failure an `ApiError`. */
import type { TadaDocumentNode } from 'gql.tada';
import { ApiError, fromBody, isCode, offline, type ErrorBody, type ErrorCode } from './error';
import { presence } from './presence.svelte';

export interface Options {
  signal?: AbortSignal;
  fetch?: typeof globalThis.fetch;
  /** By a public link: what stands before `/graphql`. */
  link?: string;
}

type Document<Data, Variables> = TadaDocumentNode<Data, Variables>;
/** Variables may be left out where the document takes none. */
type Rest<V> = Record<string, never> extends V ? [variables?: V, options?: Options] : [variables: V, options?: Options];

/** Every request that is not a plain GET carries this, so that no other site can make a browser send it. */
export const preflight = { 'GraphQL-Require-Preflight': '1' } as const;

const ENDPOINT = '/graphql';
/** An answer that takes longer may never come: a network that has gone tells nobody. */
const LATE_MS = 8000;
let unauthenticated: () => void = () => {};

/** Called once by the shell: what to do when an answer says that nobody is signed in. */
export function onUnauthenticated(then: () => void): void {
  unauthenticated = then;
}

/** An answer that came by another way says that nobody is signed in any more. */
export function signedOut(): void {
  unauthenticated();
}

/** Asks by POST: for mutations, and for queries whose answer is worth no cache. */
export function request<Data, V>(document: Document<Data, V>, ...[variables, options]: Rest<V>): Promise<Data> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...preflight };
  const body = JSON.stringify({ query: document, variables });
  return send(`${options?.link ?? ''}${ENDPOINT}`, { method: 'POST', headers, body }, options);
}

/** Asks with a file: the `file` of the document's variable `input`, by the multipart request of GraphQL. */
export function requestWithFile<Data, Input extends { file: unknown }>(
  document: Document<Data, { input: Input }>,
  input: Omit<Input, 'file'>,
  file: File,
  options?: Options,
): Promise<Data> {
  const body = new FormData();
  body.set('operations', JSON.stringify({ query: document, variables: { input: { ...input, file: null } } }));
  body.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
  body.set('0', file);
  return send(ENDPOINT, { method: 'POST', headers: { accept: 'application/json', ...preflight }, body }, options);
}

/** Asks by GET, so that the browser keeps the answer and asks again by its ETag: for large, rarely changing answers. */
export function query<Data, V>(document: Document<Data, V>, ...[variables, options]: Rest<V>): Promise<Data> {
  const text = String(document).replace(/\s+/g, ' ').trim();
  const search = new URLSearchParams({ query: text });
  if (variables) search.set('variables', JSON.stringify(variables));
  if (search.size && search.toString().length > 6000) return request(document, ...([variables, options] as Rest<V>));
  return send(`${ENDPOINT}?${search}`, { headers: { accept: 'application/json' } }, options);
}

async function send<Data>(url: string, init: RequestInit, options: Options = {}): Promise<Data> {
  const { fetch = globalThis.fetch, signal } = options;
  const late = setTimeout(presence.missed, LATE_MS);
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal, credentials: 'same-origin' });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    presence.missed();
    throw offline(cause);
  } finally {
    clearTimeout(late);
  }
  const body = (await response.json().catch(() => null)) as Answer<Data> | null;
  const [first] = body?.errors ?? [];
  if (first) throw failed(fromBody(first));
  if (!response.ok || !body?.data) throw failed(refused(response, body));
  presence.heard();
  return body.data;
}

/** `errors` come from GraphQL; `code` alone from the server before it came to that. */
interface Answer<Data> {
  data?: Data;
  errors?: ErrorBody[];
  code?: unknown;
  message?: string;
  id?: string | null;
}

function refused({ status, statusText }: Response, body: Answer<unknown> | null): ApiError {
  if (isCode(body?.code)) return new ApiError(body.code, body.message ?? statusText, { id: body.id });
  return new ApiError(codeOf(status), statusText);
}

function failed(error: ApiError): ApiError {
  if (error.code === 'OFFLINE') presence.missed();
  else presence.heard();
  if (error.code === 'UNAUTHENTICATED') unauthenticated();
  return error;
}

function codeOf(status: number): ErrorCode {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 429) return 'RATE_LIMITED';
  if (status === 507) return 'NO_SPACE';
  return status === 502 || status === 503 || status === 504 ? 'OFFLINE' : 'INTERNAL';
}
