/** How a device that backs up stands, in words: what is the matter first, then what there is to know. */
import { ago, bytes, t } from '$lib/i18n/auth';
import type { Device } from './devices.gql';

export type Tone = 'good' | 'plain' | 'worrying';

const words = t.auth.settings.devices;

/** The line that says whether all is well, and how it is to be shown. */
export function standing(device: Device, now = Date.now()): { line: string; tone: Tone } {
  const { health, pendingCount, oldestUnsavedAt, lastSeenAt } = device;
  switch (health) {
    case 'SAVED':
      return { line: words.saved, tone: 'good' };
    case 'WAITING':
      return { line: words.waiting(pendingCount), tone: 'plain' };
    case 'BEHIND': {
      const since = oldestUnsavedAt && ago(oldestUnsavedAt, now);
      return { line: since ? words.behind(pendingCount, since) : words.waiting(pendingCount), tone: 'worrying' };
    }
    case 'SILENT':
      return { line: words.silent(ago(lastSeenAt, now)), tone: 'worrying' };
    case 'UNKNOWN':
      return { line: words.untold, tone: 'plain' };
  }
}

/** What there is to know besides. */
export function particulars(device: Device, now = Date.now()): string {
  const { platform, health, lastSeenAt, lastStoredAt, pendingBytes, pendingCount, connected } = device;
  return [
    platform,
    connected ? health !== 'SILENT' && words.seen(ago(lastSeenAt, now)) : words.signedOut,
    lastStoredAt ? words.stored(ago(lastStoredAt, now)) : words.neverStored,
    pendingCount > 0 && pendingBytes !== null && words.size(bytes(pendingBytes)),
  ]
    .filter(Boolean)
    .join(' · ');
}
