/** What a film is doing, as a table: for each phase, what may happen and what comes of it. Without time or browser. */

/**
 * Why a film is not seen: its kind is unknown to this browser, its file is not there, its bytes don't come, or the size
 * that was chosen can't be made.
 */
export type Failure = 'unplayable' | 'away' | 'cut' | 'unmade';
export type Phase = 'poster' | 'starting' | 'playing' | 'waiting' | 'paused' | 'ended' | 'failing' | Failure;
/** `play` and `pause` are wishes; `runs` to `fails` are what the browser tells, and the failures what was found out. */
export type Happening = 'play' | 'pause' | 'runs' | 'waits' | 'ends' | 'moved' | 'fails' | 'renewed' | Failure;

const WHY = { unplayable: 'unplayable', away: 'away', cut: 'cut', unmade: 'unmade' } as const;
const FAILS = { fails: 'failing', unplayable: 'unplayable', unmade: 'unmade', cut: 'cut' } as const;

const NEXT: Record<Phase, Partial<Record<Happening, Phase>>> = {
  poster: { play: 'starting' },
  starting: { runs: 'playing', pause: 'poster', ends: 'ended', ...FAILS },
  playing: { waits: 'waiting', pause: 'paused', ends: 'ended', ...FAILS },
  waiting: { runs: 'playing', pause: 'paused', ends: 'ended', ...FAILS },
  paused: { play: 'waiting', ends: 'ended', ...FAILS },
  ended: { play: 'waiting', moved: 'paused', ...FAILS },
  // While the server is asked why. Browsers also pause what has failed.
  failing: WHY,
  // A film made anew is there.
  unplayable: { renewed: 'poster' },
  away: { play: 'starting', renewed: 'poster' },
  cut: { play: 'starting', renewed: 'poster' },
  unmade: { play: 'starting', renewed: 'poster' },
};

/** The phase after something happened; the same one where that means nothing now. */
export function after(phase: Phase, happening: Happening): Phase {
  return NEXT[phase][happening] ?? phase;
}

/** Its pictures are on screen, so that there is something to pause and to wind. */
export function begun(phase: Phase): boolean {
  return phase === 'playing' || phase === 'waiting' || phase === 'paused' || phase === 'ended';
}

/** It plays, or does as soon as it can. */
export function running(phase: Phase): boolean {
  return phase === 'starting' || phase === 'playing' || phase === 'waiting';
}

export function failed(phase: Phase): phase is Failure {
  return phase in WHY;
}

/** As `MediaError` has it: the connection broke off. */
const NETWORK = 2;

/**
 * Why a film failed, from the browser's error code and what the server says when asked for the same file again (null:
 * nothing). Browsers call a file that isn't there one of a kind that they don't know.
 */
export function failureOf(code: number, status: number | null): Failure {
  if (status === 404 || status === 503) return 'away';
  if (status === null || status >= 400 || code === NETWORK) return 'cut';
  return 'unplayable';
}
