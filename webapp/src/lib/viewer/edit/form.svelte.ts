/** What a dialog knows while it is filled in and sent: what is wrong where, and whether it is on its way. */
import { tick } from 'svelte';
import type { Problem } from './editor.svelte';

export class Form<Field extends string> {
  errors = $state.raw<Partial<Record<Field, string>>>({});
  /** What belongs to no field: the server could not be asked. */
  general = $state<string | null>(null);
  /** It may work another time, as it is. */
  passes = $state(false);
  busy = $state(false);
  #element: HTMLElement | null = null;

  at = (element: HTMLElement): void => void (this.#element = element);

  /** Sends what has no `errors`; what the server refuses is told at `field`. */
  async send(
    errors: Partial<Record<Field, string>>,
    field: Field,
    send: () => Promise<Problem | null>,
    done: () => void,
  ): Promise<void> {
    [this.errors, this.general, this.passes] = [{}, null, false];
    // So that the same error is news to its field.
    await tick();
    if (Object.keys(errors).length > 0) return this.#refuse(errors);
    this.busy = true;
    const problem = await send();
    this.busy = false;
    if (!problem) return done();
    if (!problem.passes) return this.#refuse({ [field]: problem.message } as typeof errors);
    [this.general, this.passes] = [problem.message, true];
  }

  async #refuse(errors: Partial<Record<Field, string>>): Promise<void> {
    this.errors = errors;
    await tick();
    this.#element?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }
}
