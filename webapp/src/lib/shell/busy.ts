/** What is being worked on, in words and as a share; null while all is quiet. */
import { t } from '$lib/i18n';
import type { Work } from './work';

export interface Busy {
  text: string;
  /** Undefined where nobody can tell. */
  value: number | undefined;
  max: number;
}

export function busyWords(work: Work | null): Busy | null {
  if (!work) return null;
  const { scanning, done, found, left } = work;
  if (scanning && done > 0) return { text: t.shell.foot.importing(done, found), value: done, max: found };
  if (scanning) return { text: t.shell.foot.looking(found), value: undefined, max: 1 };
  return left > 0 ? { text: t.shell.foot.preparing(left), value: undefined, max: 1 } : null;
}
