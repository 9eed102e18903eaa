/** What can go wrong with a request, in words the app can act on. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'FILTER_INVALID'
  | 'LIMIT_EXCEEDED'
  | 'RATE_LIMITED'
  /** The request itself was wrong: a page older than its server, most likely. */
  | 'INVALID'
  | 'NO_SPACE'
  /** The server answers, but a part of it that it needs does not. */
  | 'UNAVAILABLE'
  | 'INTERNAL'
  /** The server could not be reached. */
  | 'OFFLINE';

const codes: readonly string[] = [
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'FORBIDDEN',
  'FILTER_INVALID',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'INVALID',
  'NO_SPACE',
  'UNAVAILABLE',
  'INTERNAL',
  'OFFLINE',
];

/** One entry of `errors` in a GraphQL answer. */
export interface ErrorBody {
  message: string;
  extensions?: Record<string, unknown>;
}

/** FILTER_INVALID says where in the search text, in UTF-16 units, and what might be meant. */
export interface FilterProblem {
  start: number;
  end: number;
  suggestion: string | null;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extensions: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** To quote when asking for help; only INTERNAL errors have one. */
  get id(): string | null {
    return typeof this.extensions.id === 'string' ? this.extensions.id : null;
  }

  get filter(): FilterProblem | null {
    const { start, end, suggestion } = this.extensions;
    if (this.code !== 'FILTER_INVALID' || typeof start !== 'number' || typeof end !== 'number') return null;
    return { start, end, suggestion: typeof suggestion === 'string' ? suggestion : null };
  }
}

export function fromBody({ message, extensions = {} }: ErrorBody): ApiError {
  return new ApiError(spoken(extensions.code), message, extensions);
}

function spoken(code: unknown): ErrorCode {
  if (code === 'REQUEST_INVALID') return 'INVALID';
  return isCode(code) ? code : 'INTERNAL';
}

/** What kind of failure anything that was thrown is. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof ApiError) return error.code;
  return isMissingPart(error) ? 'OFFLINE' : 'INTERNAL';
}

/** To quote when asking for help, where there is something to quote. */
export function idOf(error: unknown): string | null {
  return error instanceof ApiError ? error.id : null;
}

export function isCode(code: unknown): code is ErrorCode {
  return codes.includes(String(code));
}

export function offline(cause: unknown): ApiError {
  return new ApiError('OFFLINE', 'the server could not be reached', {}, { cause });
}

/** A part of the app that could not be loaded: each browser says so in its own words, and the loader of its styles. */
export function isMissingPart(error: unknown): boolean {
  const words = /dynamically imported module|importing a module script failed|unable to preload css/i;
  return error instanceof Error && words.test(error.message);
}

/** True for the rejection of a request that we ourselves gave up. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
