/** What the two forms about the PIN know while they are filled in and sent. */
import { failureWords } from '$lib/i18n/failure';
import { sentence } from '$lib/i18n/shelves';

interface Refusal {
  field: string | null;
  message: string;
}

export class PinForm {
  /** What is wrong, by field. */
  errors = $state.raw<Readonly<Record<string, string>>>({});
  /** What belongs to no field. */
  general = $state<string | null>(null);
  busy = $state(false);

  /** Sends unless something is `missing`; true where the server had no objections. */
  async send(missing: Record<string, string | null>, send: () => Promise<readonly Refusal[]>): Promise<boolean> {
    const wrong = Object.entries(missing).flatMap(([field, message]) => (message === null ? [] : [[field, message]]));
    [this.errors, this.general] = [Object.fromEntries(wrong), null];
    if (wrong.length > 0) return false;
    this.busy = true;
    try {
      const refused = await send();
      const named = refused.flatMap(({ field, message }) => (field === null ? [] : [[field, sentence(message)]]));
      this.errors = Object.fromEntries(named);
      this.general = refused.filter(({ field }) => field === null).map(({ message }) => sentence(message))[0] ?? null;
      return refused.length === 0;
    } catch (error) {
      const { title, detail } = failureWords(error);
      this.general = `${title}. ${detail}`;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
