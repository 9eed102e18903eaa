/** What a form knows while it is filled in and sent: errors by field, and whether it is on its way. */
import { tick } from 'svelte';
import { sentence } from '$lib/i18n/auth';
import { failureWords } from '$lib/i18n/failure';
import type { UserError } from './account.gql';

export class FormState<Field extends string> {
  errors = $state<Partial<Record<Field, string>>>({});
  /** What belongs to no field. */
  general = $state<string | null>(null);
  busy = $state(false);

  constructor(private readonly fields: readonly Field[]) {}

  /** Sends; true where the server had no objections. Afterwards the first wrong field of the form has the focus. */
  async send(form: HTMLFormElement, check: () => Partial<Record<Field, string>>, send: () => Promise<UserError[]>) {
    this.general = null;
    this.errors = {};
    // So that the same error on a field is news to it.
    await tick();
    this.errors = check();
    if (Object.keys(this.errors).length > 0) return this.refuse(form);
    this.busy = true;
    try {
      const errors = await send();
      for (const { field, message } of errors) this.put(field, message);
      return errors.length === 0 || this.refuse(form);
    } catch (error) {
      const { title, detail, quote } = failureWords(error);
      this.general = [`${title}. ${detail}`, quote].filter(Boolean).join(' ');
      return false;
    } finally {
      this.busy = false;
    }
  }

  private put(path: string | null, message: string): void {
    const field = this.fields.find((each) => each === path);
    if (field) this.errors[field] = sentence(message);
    else this.general = sentence(message);
  }

  private refuse(form: HTMLFormElement): false {
    setTimeout(() => form.querySelector<HTMLInputElement>('[aria-invalid]')?.focus());
    return false;
  }
}
