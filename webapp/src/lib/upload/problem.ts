/** What can go wrong with an upload, and what follows from it. */

/**
 * wait: the whole queue waits and goes on by itself. retry: this file goes again by itself, a few times.
 * pause: the whole queue stands until the person has done something. fail: this file ends; the person may try again.
 */
export type Consequence = 'wait' | 'retry' | 'pause' | 'fail';

export type ProblemCode =
  | 'offline'
  | 'busy'
  | 'broken'
  | 'damaged'
  | 'signed-out'
  | 'no-space'
  | 'quota'
  | 'too-large'
  | 'unsupported'
  | 'not-media'
  | 'forbidden'
  | 'empty'
  | 'unreadable'
  | 'unknown';

export interface Problem {
  code: ProblemCode;
  consequence: Consequence;
  /** The server's own sentence, where it sent one. */
  message: string | null;
}

/** What came back instead of success; `status` 0 when nothing came. */
export interface Refusal {
  status: number;
  body: string;
}

/** An upload's failure with its consequence worked out. */
export class UploadError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message ?? problem.code);
  }
}

const consequences: Record<ProblemCode, Consequence> = {
  offline: 'wait',
  busy: 'wait',
  broken: 'retry',
  damaged: 'retry',
  'signed-out': 'pause',
  'no-space': 'pause',
  quota: 'pause',
  'too-large': 'fail',
  unsupported: 'fail',
  'not-media': 'fail',
  forbidden: 'fail',
  empty: 'fail',
  unreadable: 'fail',
  unknown: 'fail',
};

/** What the file itself is the reason for: no further try ends in another way. */
const final: readonly ProblemCode[] = ['empty', 'not-media'];

const byCode: Record<string, ProblemCode> = {
  UNAUTHENTICATED: 'signed-out',
  NO_SPACE: 'no-space',
  QUOTA_EXCEEDED: 'quota',
  TOO_LARGE: 'too-large',
  NOT_MEDIA: 'not-media',
  FORBIDDEN: 'forbidden',
  RATE_LIMITED: 'busy',
  UNAVAILABLE: 'offline',
  WRONG_CHECKSUM: 'damaged',
};

const byStatus: Record<number, ProblemCode> = {
  0: 'offline',
  401: 'signed-out',
  403: 'forbidden',
  408: 'offline',
  409: 'broken',
  413: 'too-large',
  415: 'unsupported',
  422: 'unsupported',
  423: 'broken',
  425: 'busy',
  429: 'busy',
  460: 'damaged',
  502: 'offline',
  503: 'offline',
  504: 'offline',
  507: 'no-space',
};

/** True where trying again may help. */
export function passes({ code }: Problem): boolean {
  return !final.includes(code);
}

export function problem(code: ProblemCode, message: string | null = null): Problem {
  return { code, consequence: consequences[code], message };
}

/** Reads a refusal: the server's code first, then the HTTP status. */
export function fromRefusal({ status, body }: Refusal): Problem {
  const { code, message } = spoken(body);
  const known = (code && byCode[code]) || byStatus[status];
  if (known) return problem(known, message);
  return problem(status >= 500 ? 'broken' : 'unknown', message);
}

/** A 413 without our code comes from a proxy that allows less at a time; smaller pieces get through. */
export function proxyLimit({ status, body }: Refusal): boolean {
  return status === 413 && spoken(body).code === null;
}

/** Reads what the browser threw while it read the file, or what the queue threw itself. */
export function fromError(error: unknown): Problem {
  if (error instanceof UploadError) return error.problem;
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotReadableError' || name === 'NotFoundError') return problem('unreadable');
  return problem('unknown', error instanceof Error ? error.message : null);
}

/** Milliseconds before try number `attempts` + 1: 1, 2, 4 … 60 seconds, each give or take a quarter. */
export function backOff(attempts: number, random: number): number {
  const base = Math.min(60_000, 1000 * 2 ** Math.max(0, attempts - 1));
  return Math.round(base * (0.75 + random / 2));
}

function spoken(body: string): { code: string | null; message: string | null } {
  try {
    const { code, message } = JSON.parse(body) as { code?: unknown; message?: unknown };
    return { code: typeof code === 'string' ? code : null, message: typeof message === 'string' ? message : null };
  } catch {
    return { code: null, message: null };
  }
}
