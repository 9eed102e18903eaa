/** A track that is held against the photographs: where it would put them, which of these are wanted, and saving that. */

import { SvelteSet } from 'svelte/reactivity';
import { requestWithFile } from '$lib/api/client';
import { isAbort } from '$lib/api/error';
import { t } from '$lib/i18n/tracks';
import { inBatches, type Made } from './batches';
import { Details } from './details.svelte';
import { DEFAULT, shiftOf, type Choice } from './options';
import { problemOf, Refused, type Problem } from './problem';
import { TrackApply, TrackPreview, type Preview, type Proposed } from './tracks.gql';

const PAUSE_MS = 400;
/** What the server takes; more need not be sent to hear so. */
const MOST_BYTES = 20 * 1024 * 1024;

export class Fitting {
  choice = $state<Choice>({ ...DEFAULT });
  preview = $state.raw<Preview | null>(null);
  /** The ways it goes, the same however it is narrowed. */
  lines = $state.raw<Preview['lines']>([]);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  /** How many are saved, while they are. */
  saving = $state<number | null>(null);
  /** The one that is looked at. */
  pointed = $state<string | null>(null);
  readonly details = new Details();
  #unticked = new SvelteSet<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  constructor(readonly file: File) {}

  get positions(): readonly Proposed[] {
    return this.preview?.positions ?? [];
  }

  readonly ticked = $derived(this.positions.filter(({ assetId }) => !this.#unticked.has(assetId)).length);

  /** Whether what is shown is what would be saved. */
  get ready(): boolean {
    return !this.busy && this.#how() !== null && this.ticked > 0;
  }

  isTicked(assetId: string): boolean {
    return !this.#unticked.has(assetId);
  }

  tick(assetId: string, wanted: boolean): void {
    if (wanted) this.#unticked.delete(assetId);
    else this.#unticked.add(assetId);
  }

  tickAll(wanted: boolean): void {
    for (const { assetId } of this.positions) this.tick(assetId, wanted);
  }

  /** Something else is chosen: asks when the person pauses. */
  lookSoon(): void {
    clearTimeout(this.#timer);
    this.busy = true;
    this.#timer = setTimeout(() => void this.look(), PAUSE_MS);
  }

  async look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running?.abort();
    const how = this.#how();
    this.busy = how !== null && this.file.size <= MOST_BYTES;
    // What is still being typed is no question yet; its field says so.
    if (!how) return;
    if (!this.busy) return this.#fail({ message: t.tracks.tooLarge, about: 'track' });
    const running = (this.#running = new AbortController());
    const text = this.choice.search.trim();
    const filter = text ? { text } : null;
    try {
      const options = { signal: running.signal };
      const { trackPreview } = await requestWithFile(TrackPreview, { ...how, filter }, this.file, options);
      [this.preview, this.problem] = [trackPreview, null];
      if (this.lines.length === 0) this.lines = trackPreview.lines;
    } catch (error) {
      if (!isAbort(error)) this.#fail(problemOf(error));
    } finally {
      if (this.#running === running) this.busy = false;
    }
  }

  /** Saves what is ticked; answers what was done, also where not all of it was. */
  async apply(): Promise<Made> {
    const how = this.#how();
    if (!how) return { count: 0, editIds: [] };
    const wanted = this.positions.map(({ assetId }) => assetId).filter((id) => this.isTicked(id));
    [this.saving, this.problem] = [0, null];
    const send = async (assetIds: string[]) => {
      const { trackApply } = await requestWithFile(TrackApply, { ...how, assetIds }, this.file);
      const [refused] = trackApply.userErrors;
      if (refused) throw new Refused(refused.message);
      return { count: trackApply.assets.length, editId: trackApply.editId };
    };
    const { made, failure } = await inBatches(wanted, send, (sent) => (this.saving = sent));
    this.saving = null;
    if (failure !== null) {
      // Those that are done are no longer offered.
      if (made.count > 0) await this.look();
      this.problem = problemOf(failure);
    }
    return made;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  #how(): { timeShiftSeconds: number; maxGapSeconds: number; onlyWithoutPosition: boolean } | null {
    const timeShiftSeconds = shiftOf(this.choice);
    const { gap: maxGapSeconds, onlyWithoutPosition } = this.choice;
    return timeShiftSeconds === null ? null : { timeShiftSeconds, maxGapSeconds, onlyWithoutPosition };
  }

  /** What is wrong with the search leaves what is there; a track that can't be read has nothing to show. */
  #fail(problem: Problem): void {
    this.problem = problem;
    if (problem.about === 'track') this.preview = null;
  }
}
