/** The film on the stage: what it is doing, where in time it is, and what people ask of it. */

import { after, begun, failureOf, running, type Failure, type Happening, type Phase } from './phase';
import { probe } from './probe';
import { loadedFrom, within } from './time';

/** As `MediaError` has them. */
const ABORTED = 1;
const UNKNOWN_KIND = 4;

export class Player {
  phase = $state<Phase>('poster');
  /** Seconds from its start. */
  time = $state(0);
  /** In seconds as the browser found it; 0 until then. */
  length = $state(0);
  /** Up to here it is loaded. */
  loaded = $state(0);

  #video: HTMLVideoElement | null = null;
  #address = '';
  /** Where a wind leads to while an earlier one is not done. */
  #wanted: number | null = null;
  /** Where it goes on after a failure. */
  #resume = 0;
  #frame = 0;

  get begun(): boolean {
    return begun(this.phase);
  }

  get running(): boolean {
    return running(this.phase);
  }

  /** Takes an element over until the returned function is called, which stops and unloads it. */
  attach(video: HTMLVideoElement, address: string): () => void {
    [this.#video, this.#address, this.#wanted, this.#resume] = [video, address, null, 0];
    [this.phase, this.time, this.length, this.loaded] = ['poster', 0, 0, 0];
    const listeners = this.#listeners(video);
    for (const [name, listener] of Object.entries(listeners)) video.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) video.removeEventListener(name, listener);
      unload(video);
      if (this.#video !== video) return;
      cancelAnimationFrame(this.#frame);
      [this.#video, this.phase] = [null, 'poster'];
    };
  }

  /** Where it is to be had from now on. A film that plays goes on; one that could not be played is tried anew. */
  at(address: string): void {
    if (address === this.#address || this.begun || this.running) return;
    this.#address = address;
    if (this.phase !== 'poster' && this.#video) this.#end(this.#video, 'renewed');
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
    if (video.error || !video.hasAttribute('src')) video.src = this.#address;
    // What goes wrong with the film is an event, too; this tells of browsers that refuse to begin.
    video.play().catch((error: DOMException) => {
      if (error.name === 'NotAllowedError' && this.#video === video) this.#happens('pause');
    });
  }

  pause(): void {
    this.#video?.pause();
    this.#happens('pause');
  }

  /** Winds to a place; many at once are led together, as a drag makes them. */
  wind(to: number): void {
    const video = this.#video;
    if (!video || !this.begun || this.length === 0) return;
    this.time = within(to, this.length);
    if (video.seeking) this.#wanted = this.time;
    else video.currentTime = this.time;
  }

  #listeners(video: HTMLVideoElement): Record<string, () => void> {
    return {
      play: () => this.#happens('play'),
      pause: () => this.#happens('pause'),
      playing: () => this.#happens('runs'),
      waiting: () => this.#happens('waits'),
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

  #read(video: HTMLVideoElement): void {
    // Before its first picture and after its last failure there is no time to tell.
    if (!this.begun) return;
    this.time = this.#wanted ?? video.currentTime;
    this.loaded = loadedFrom(this.time, video.buffered);
  }

  #measure({ duration }: HTMLVideoElement): void {
    if (Number.isFinite(duration)) this.length = duration;
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
    const at = this.begun ? video.currentTime : this.#resume;
    this.#happens('fails');
    if (this.phase !== 'failing') return;
    const status = await probe(this.#address);
    // Meanwhile another film may have come.
    if (this.#video !== video) return;
    this.#resume = at;
    this.#end(video, failureOf(code, status));
  }

  #end(video: HTMLVideoElement, why: Failure | 'renewed'): void {
    this.#happens(why);
    unload(video);
  }
}

/** Lets go of the file and of what was fetched of it. */
function unload(video: HTMLVideoElement): void {
  video.pause();
  video.removeAttribute('src');
  video.load();
}
