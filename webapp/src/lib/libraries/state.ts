/** How a folder stands, in words. */
import { ago, t } from '$lib/i18n/libraries';
import type { Folder } from './libraries.gql';

const words = t.libraries.folder;

export function stateWords({ state, lastScanAt }: Pick<Folder, 'state' | 'lastScanAt'>, now: number): string {
  if (state !== 'IDLE') return words.state[state];
  if (!lastScanAt) return words.lookedNever;
  // The server's clock may be ahead.
  const age = Math.max(0, now - Date.parse(lastScanAt));
  return age < 60_000 ? words.lookedNow : words.looked(ago(lastScanAt, Date.parse(lastScanAt) + age));
}
