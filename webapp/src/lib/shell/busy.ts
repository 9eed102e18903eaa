/** What is being worked on, in words; null while all is quiet. */
import { t } from '$lib/i18n';
import type { Work } from './work';

const words = t.shell.foot;

export function busyWords(work: Work | null): string | null {
  if (!work) return null;
  const { scanning, checked, imported, left } = work;
  // A folder that holds nothing new is only looked through.
  if (scanning) return imported > 0 ? words.importing(imported, checked) : words.looking(checked);
  return left > 0 ? words.preparing(left) : null;
}
