/** What the server says against a change. */
import { sentence } from '$lib/i18n/albums';
import { failureLine } from '$lib/i18n/failure';

interface UserError {
  message: string;
}

/** Does something that may be refused in words; answers the words, or null where it is done. */
export async function refusal(act: () => Promise<readonly UserError[]>): Promise<string | null> {
  try {
    const [first] = await act();
    return first ? sentence(first.message) : null;
  } catch (error) {
    return failureLine(error);
  }
}
