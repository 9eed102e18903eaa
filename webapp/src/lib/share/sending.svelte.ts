/** Sends files by a public link that collects, one after the other; each goes on from any byte after a broken connection. */
import { preflight } from '$lib/api/client';
import { part } from '$lib/api/part';

/** How long it waits before each further try, in milliseconds. */
const RETRIES = [1000, 3000, 10_000, 30_000];
const PIECE = 16 << 20;

type Send = (file: File, link: string, progress: (bytes: number) => void) => Promise<void>;

export class Sending {
  /** Files that were chosen, and what became of them. */
  total = $state(0);
  done = $state(0);
  failed = $state.raw<readonly string[]>([]);
  /** Of the bytes of all that were chosen, 0 to 1. */
  share = $state(0);
  #queue: File[] = [];
  #bytes = 0;
  #sent = 0;
  #running = false;

  constructor(
    private readonly link: string,
    /** Some have come. */
    private readonly arrived: () => void,
    private readonly send: Send = byTus,
  ) {}

  get busy(): boolean {
    return this.done + this.failed.length < this.total;
  }

  async add(files: readonly File[]): Promise<void> {
    if (!this.busy) [this.total, this.done, this.failed, this.#bytes, this.#sent] = [0, 0, [], 0, 0];
    this.#queue.push(...files);
    this.total += files.length;
    this.#bytes += files.reduce((sum, { size }) => sum + size, 0);
    if (this.#running) return;
    this.#running = true;
    for (let file = this.#queue.shift(); file; file = this.#queue.shift()) await this.#one(file);
    this.#running = false;
    if (this.done > 0) this.arrived();
  }

  async #one(file: File): Promise<void> {
    const before = this.#sent;
    const reached = (bytes: number) => (this.share = this.#bytes > 0 ? (before + bytes) / this.#bytes : 1);
    try {
      await this.send(file, this.link, reached);
      this.done++;
    } catch {
      this.failed = [...this.failed, file.name];
    }
    this.#sent = before + file.size;
    reached(file.size);
  }
}

async function byTus(file: File, link: string, progress: (bytes: number) => void): Promise<void> {
  const { Upload } = await part(() => import('tus-js-client'));
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${link}/upload`,
      headers: { ...preflight },
      metadata: { filename: file.name, modified: new Date(file.lastModified).toISOString() },
      chunkSize: PIECE,
      retryDelays: RETRIES,
      // Nothing of it is kept in somebody's browser: the link may be opened at a machine that is not theirs.
      storeFingerprintForResuming: false,
      onProgress: progress,
      onSuccess: () => resolve(),
      onError: reject,
    });
    upload.start();
  });
}
