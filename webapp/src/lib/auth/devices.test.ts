import { expect, test } from 'vitest';
import { particulars, standing } from './devices';
import type { Device } from './devices.gql';

const NOW = Date.parse('2026-03-20T12:00:00Z');

function device(given: Partial<Device>): Device {
  return {
    id: 'device_1',
    name: 'Phone',
    platform: null,
    lastSeenAt: '2026-03-20T11:55:00Z',
    lastStoredAt: null,
    pendingCount: 0,
    pendingBytes: null,
    oldestUnsavedAt: null,
    health: 'UNKNOWN',
    connected: true,
    ...given,
  };
}

test('what waits is told by how many, and by how long once it is too long', () => {
  const oldestUnsavedAt = '2026-03-15T12:00:00Z';
  const cases: [Partial<Device>, string, string][] = [
    [{}, 'Has not said yet what it has to save', 'plain'],
    [{ health: 'SAVED' }, 'Everything is saved', 'good'],
    [{ health: 'WAITING', pendingCount: 1 }, '1 photo or film waits to be saved', 'plain'],
    [{ health: 'WAITING', pendingCount: 1200, oldestUnsavedAt }, '1,200 photos and films wait to be saved', 'plain'],
    [
      { health: 'BEHIND', pendingCount: 3, oldestUnsavedAt },
      '3 photos and films are not saved yet, the oldest from 5 days ago',
      'worrying',
    ],
    [
      { health: 'SILENT', pendingCount: 3, lastSeenAt: '2026-03-01T12:00:00Z' },
      'Last seen 19 days ago: nobody knows what waits there. Open Tessera on it.',
      'worrying',
    ],
  ];
  for (const [given, line, tone] of cases) expect(standing(device(given), NOW)).toEqual({ line, tone });
});

test('when it was seen and when it saved something is told, and what is not known is left out', () => {
  expect(particulars(device({}), NOW)).toBe('seen 5 minutes ago · has saved nothing yet');
  const busy = device({
    platform: 'Android 16',
    lastStoredAt: '2026-03-20T10:00:00Z',
    pendingCount: 2,
    pendingBytes: 5_000_000,
  });
  expect(particulars(busy, NOW)).toMatch(
    /^Android 16 · seen 5 minutes ago · last saved 2 hours ago · 5(\.0)? MB waiting$/,
  );
  expect(particulars(device({ connected: false }), NOW)).toBe('signed out · has saved nothing yet');
  // Its first line says already when it was seen.
  expect(particulars(device({ health: 'SILENT' }), NOW)).toBe('has saved nothing yet');
});
