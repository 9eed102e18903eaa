/** Films in several sizes, which the server makes when they are asked for. */

/** What players of this kind of list are asked about. */
const KIND = 'application/vnd.apple.mpegurl';
/** How long the server may take for the first seconds of a film, or for more of it. */
const PATIENCE_MS = 120_000;
const AGAIN_MS = 2_000;
/** So much more than has been seen must be made, or the film would stop at once. */
const AHEAD_S = 6;

/** What comes of asking for a list: it is there, the server can't make it, or does not answer. */
export type Ready = 'ready' | 'unmade' | 'cut' | 'stopped';

/** What somebody waits for. */
interface Wish {
  /** The list of one size. */
  address: string;
  /** Where in the film, in seconds. */
  at: () => number;
  /** Hears how far it is made. */
  made: (to: number) => void;
  signal: AbortSignal;
}

/** Asks for a list until it reaches to where somebody is. */
export async function ready({ address, at, made, signal }: Wish): Promise<Ready> {
  let [known, until] = [0, Date.now() + PATIENCE_MS];
  for (;;) {
    const { status, list } = await ask(address, signal);
    if (signal.aborted) return 'stopped';
    const reach = status === 200 ? reachOf(list) : 0;
    if (reach > (at() > 0 ? at() + AHEAD_S : 0)) return 'ready';
    // 503: it is being made, or waits for its turn.
    if (status !== 200 && status !== 503) return status === null ? 'cut' : 'unmade';
    if (reach > known) {
      [known, until] = [reach, Date.now() + PATIENCE_MS];
      made(reach);
    }
    if (Date.now() > until) return 'unmade';
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

/** How many seconds a list tells of; without end where no more is to come. */
export function reachOf(list: string): number {
  if (list.includes('#EXT-X-ENDLIST')) return Infinity;
  return [...list.matchAll(/^#EXTINF:([\d.]+)/gm)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

async function ask(address: string, signal: AbortSignal): Promise<{ status: number | null; list: string }> {
  try {
    const answer = await fetch(address, { cache: 'no-store', signal });
    return { status: answer.status, list: await answer.text() };
  } catch {
    return { status: null, list: '' };
  }
}

/** What is told of a stream. */
interface Told {
  /** How far it is made, in seconds; null once all of it is. */
  made: (to: number | null) => void;
  fails: () => void;
}

/** The player, which is fetched when it is wanted; null where that is not possible. */
async function player() {
  try {
    return (await import('hls.js/light')).default;
  } catch {
    return null;
  }
}

/** As browsers play it that know such lists: one that still grows has no end. */
function native(video: HTMLVideoElement, address: string, told: Told): () => void {
  const tell = () => {
    const { duration, seekable } = video;
    told.made(duration === Infinity && seekable.length > 0 ? seekable.end(seekable.length - 1) : null);
  };
  const events = ['durationchange', 'progress'];
  for (const event of events) video.addEventListener(event, tell);
  told.made(null);
  video.src = address;
  return () => {
    for (const event of events) video.removeEventListener(event, tell);
  };
}

/** Plays a stream in an element, from a place on, until the returned function is called. */
export async function stream(video: HTMLVideoElement, address: string, at: number, told: Told): Promise<() => void> {
  const able = video.canPlayType(KIND) !== '';
  // Chromium says that it may be able to, and stumbles over lists that still grow.
  if (able && navigator.vendor.startsWith('Apple')) return native(video, address, told);
  const Hls = await player();
  if (!Hls?.isSupported()) {
    if (able) return native(video, address, told);
    told.fails();
    return () => undefined;
  }
  const hls = new Hls({
    // The page's policy lets no script come from a blob.
    enableWorker: false,
    startPosition: at,
    // What has been watched is soon fetched again.
    backBufferLength: 60,
  });
  hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => told.made(details.live ? details.edge : null));
  hls.on(Hls.Events.ERROR, (_, { fatal }) => {
    if (fatal) told.fails();
  });
  hls.loadSource(address);
  hls.attachMedia(video);
  return () => hls.destroy();
}
