/** The film on the stage: what it is doing, where in time it is, and what people ask of it. */

import { kept } from './kept.svelte';
import { after, begun, failureOf, running, type Failure, type Happening, type Phase } from './phase';
import { probe } from './probe';
import { addressOf, listOf, played, type Connection, type Offer, type Quality } from './quality';
import { ready, stream, type Ready } from './stream';
import { loadedFrom, within } from './time';

/** As `MediaError` has them. */
const ABORTED = 1;
const NETWORK = 2;
const UNKNOWN_KIND = 4;
/** A film that stops so often is more than the connection carries. */
const STALLS = 2;

const NOTHING: Offer = { file: '', stream: null, sizes: [], original: true };

export class Player {
  phase = $state<Phase>('poster');
  /** Seconds from its start. */
  time = $state(0);
  /** In seconds as the browser found it; 0 until then. */
  length = $state(0);
  /** Up to here it is loaded. */
  loaded = $state(0);
  /** In which it is played. */
  quality = $state<Quality>('full');
  /** The server is asked for the first seconds in another quality. */
  preparing = $state(false);
  /** Up to here, in seconds, that is made so far. */
  prepared = $state(0);
  /** Up to here, in seconds, the server has made it; null where all of it is there. */
  made = $state<number | null>(null);
  offer = $state.raw<Offer>(NOTHING);

  #video: HTMLVideoElement | null = null;
  /** What the element plays, if anything. */
  #address = '';
  /** Lets go of what plays a stream. */
  #release: () => void = () => undefined;
  /** Ends what is under way to another quality. */
  #turning = new AbortController();
  /** Where a wind leads to while an earlier one is not done. */
  #wanted: number | null = null;
  /** Where it goes on after a failure, or in another quality. */
  #resume = 0;
  #stalls = 0;
  #frame = 0;

  get begun(): boolean {
    return begun(this.phase);
  }

  get running(): boolean {
    return running(this.phase);
  }

  /** Takes an element over until the returned function is called, which stops and unloads it. */
  attach(video: HTMLVideoElement, offer: Offer): () => void {
    [this.#video, this.#address, this.#wanted, this.#resume, this.#stalls] = [video, '', null, 0, 0];
    [this.phase, this.time, this.length, this.loaded, this.made] = ['poster', 0, 0, 0, null];
    this.#offered(offer);
    const listeners = this.#listeners(video);
    for (const [name, listener] of Object.entries(listeners)) video.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) video.removeEventListener(name, listener);
      if (this.#video !== video) return unload(video);
      this.#unload(video);
      cancelAnimationFrame(this.#frame);
      [this.#video, this.phase] = [null, 'poster'];
    };
  }

  /** Where it is to be had from now on. A film that plays goes on; one that could not be played is tried anew. */
  at(offer: Offer): void {
    const renewed = offer.file !== this.offer.file;
    if (this.begun || this.running) {
      // What is learnt about the same film while it plays can be chosen.
      if (!renewed) this.offer = offer;
      return;
    }
    this.#offered(offer);
    if (renewed && this.phase !== 'poster' && this.#video) this.#end(this.#video, 'renewed');
  }

  toggle = (): void => {
    if (this.running) this.pause();
    else this.play();
  };

  play(): void {
    const video = this.#video;
    const before = this.phase;
    this.#happens('play');
    if (!video || this.phase === before) return;
    if (video.error || this.#address === '') void this.#begin(video);
    else this.#start(video);
  }

  pause(): void {
    this.#video?.pause();
    if (!this.begun) this.#stop();
    this.#happens('pause');
  }

  /** Winds to a place; many at once are led together, as a drag makes them. */
  wind(to: number): void {
    const video = this.#video;
    const end = this.made ?? this.length;
    if (!video || !this.begun || end === 0) return;
    this.time = within(to, end);
    if (this.#resume > 0) this.#resume = this.time;
    else if (video.seeking) this.#wanted = this.time;
    else {
      // The earlier one may be done without having said so yet: what it was to go on to is out of date.
      this.#wanted = null;
      video.currentTime = this.time;
    }
  }

  /** Plays in another quality from here on, as soon as there is something to play; tells what came of it. */
  async turn(to: Quality): Promise<Ready> {
    const video = this.#video;
    const before = this.quality;
    this.#stop();
    this.quality = to;
    // What has not begun, or failed, begins so.
    if (!video || !this.begun) {
      if (video) this.#unload(video);
      if (video && this.running) void this.#begin(video);
      return 'ready';
    }
    const address = addressOf(to, this.offer);
    if (address === this.#address) return 'ready';
    const found = await this.#ready(to);
    if (this.#video !== video || found === 'stopped') return 'stopped';
    if (found !== 'ready') {
      this.quality = before;
      return found;
    }
    const goesOn = this.running;
    this.#resume = this.#resume || video.currentTime;
    this.#release();
    if (goesOn) this.#happens('waits');
    // A film at rest shows its picture, too.
    else video.preload = 'auto';
    await this.#open(video);
    if (goesOn && this.running) this.#start(video);
    return 'ready';
  }

  #offered(offer: Offer): void {
    this.offer = offer;
    const connection = (navigator as { connection?: Connection }).connection ?? {};
    this.quality = played(kept.quality, offer, connection);
  }

  async #begin(video: HTMLVideoElement): Promise<void> {
    const found = await this.#ready(this.quality);
    if (this.#video !== video || found === 'stopped') return;
    if (found !== 'ready') return this.#end(video, found);
    await this.#open(video);
    if (this.#video === video && this.running) this.#start(video);
  }

  /** Waits until there is something to play. */
  async #ready(quality: Quality): Promise<Ready> {
    if (quality === 'full') return 'ready';
    this.#turning = new AbortController();
    const { signal } = this.#turning;
    this.preparing = true;
    this.prepared = 0;
    const found = await ready({
      address: listOf(quality, this.offer),
      at: () => (this.begun ? this.time : this.#resume),
      made: (to) => (this.prepared = to),
      signal,
    });
    if (found !== 'stopped') this.preparing = false;
    return found;
  }

  #stop(): void {
    this.#turning.abort();
    this.preparing = false;
  }

  async #open(video: HTMLVideoElement): Promise<void> {
    this.#address = addressOf(this.quality, this.offer);
    [this.made, this.#release] = [null, () => undefined];
    if (this.quality === 'full') {
      video.src = this.#address;
      return;
    }
    // How far it is made is told as soon as its list is read.
    this.made = 0;
    const address = this.#address;
    const mine = () => this.#video === video && this.#address === address;
    const release = await stream(video, address, this.#resume, {
      made: (to) => {
        if (!mine()) return;
        this.made = to;
        this.#measure(video);
      },
      fails: () => {
        if (mine()) void this.#fail(video, NETWORK);
      },
    });
    if (mine()) this.#release = release;
    else release();
  }

  #start(video: HTMLVideoElement): void {
    // What goes wrong with the film is an event, too; this tells of browsers that refuse to begin.
    video.play().catch((error: DOMException) => {
      if (error.name === 'NotAllowedError' && this.#video === video) this.#happens('pause');
    });
  }

  #listeners(video: HTMLVideoElement): Record<string, () => void> {
    return {
      play: () => this.#happens('play'),
      pause: () => this.#happens('pause'),
      playing: () => this.#happens('runs'),
      waiting: () => this.#stalled(video),
      ended: () => this.#happens('ends'),
      seeked: () => this.#wound(video),
      timeupdate: () => this.#read(video),
      progress: () => this.#read(video),
      durationchange: () => this.#measure(video),
      loadedmetadata: () => this.#opened(video),
      error: () => void this.#fail(video, video.error?.code ?? UNKNOWN_KIND),
    };
  }

  #happens(happening: Happening): void {
    this.phase = after(this.phase, happening);
    cancelAnimationFrame(this.#frame);
    if (this.phase === 'playing') this.#follow();
  }

  /** Time flows frame by frame: `timeupdate` alone would make it hop. */
  #follow = (): void => {
    if (!this.#video) return;
    this.#read(this.#video);
    this.#frame = requestAnimationFrame(this.#follow);
  };

  /** A connection that can't carry the film is helped, unless somebody has chosen. */
  #stalled(video: HTMLVideoElement): void {
    const stalls = this.phase === 'playing' && !video.seeking && this.quality === 'full';
    this.#happens('waits');
    if (!stalls || kept.quality !== null || !this.offer.stream) return;
    this.#stalls++;
    if (this.#stalls === STALLS) void this.turn('auto');
  }

  #read(video: HTMLVideoElement): void {
    // Before its first picture and after its last failure there is no time to tell.
    if (!this.begun) return;
    this.time = this.#wanted ?? (this.#resume || video.currentTime);
    this.loaded = loadedFrom(this.time, video.buffered);
  }

  #measure({ duration }: HTMLVideoElement): void {
    // Of a film that is still being made, browsers know a preliminary end at most.
    if (Number.isFinite(duration) && this.made === null) this.length = duration;
  }

  #opened(video: HTMLVideoElement): void {
    this.#measure(video);
    // Of a film whose pictures they can't read, browsers play the sound.
    if (video.videoWidth === 0) return this.#end(video, 'unplayable');
    if (this.#resume > 0) video.currentTime = this.#resume;
    this.#resume = 0;
  }

  #wound(video: HTMLVideoElement): void {
    const to = this.#wanted;
    this.#wanted = null;
    if (to !== null) video.currentTime = to;
    else this.#happens('moved');
    this.#read(video);
  }

  async #fail(video: HTMLVideoElement, code: number): Promise<void> {
    if (code === ABORTED) return;
    const at = this.begun ? video.currentTime || this.#resume : this.#resume;
    const streamed = this.quality !== 'full';
    this.#happens('fails');
    if (this.phase !== 'failing') return;
    const status = await probe(this.#address);
    // Meanwhile another film may have come.
    if (this.#video !== video) return;
    this.#resume = at;
    const why = failureOf(code, status);
    this.#end(video, streamed && status !== null ? 'unmade' : why);
  }

  #end(video: HTMLVideoElement, why: Failure | 'renewed'): void {
    this.#happens(why);
    this.#unload(video);
  }

  #unload(video: HTMLVideoElement): void {
    this.#stop();
    this.#release();
    [this.#address, this.#release, this.made] = ['', () => undefined, null];
    unload(video);
  }
}

/** Lets go of the file and of what was fetched of it. */
function unload(video: HTMLVideoElement): void {
  video.pause();
  video.removeAttribute('src');
  video.load();
}
