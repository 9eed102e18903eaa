import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hexToBase64 } from './base64';
import { inPieces, sha1Of } from './hash';

function bytes(length: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(length);
  for (let i = 0; i < length; i++) made[i] = (i * 2654435761) >>> 24;
  return made;
}

const MEGA = 1024 * 1024;

describe('hash', () => {
  it.each([1, 55, 64, 4 * MEGA, 4 * MEGA + 1])('agrees with node about %d bytes', async (length) => {
    const content = bytes(length);
    const wanted = createHash('sha1').update(content).digest('hex');
    expect(await sha1Of(new Blob([content]), () => true)).toBe(wanted);
    expect(await inPieces(new Blob([content]), () => true)).toBe(wanted);
  });

  it('takes a large file in pieces, for which the browser’s own way would need it whole', async () => {
    const large = { size: 33 * MEGA, slice: () => new Blob([bytes(1)]), arrayBuffer: () => expect.unreachable() };
    const told: number[] = [];
    const hash = createHash('sha1').update(new Uint8Array(9)).digest('hex');
    expect(await sha1Of(large as unknown as Blob, (done) => told.push(done) > 0)).toBe(hash);
    expect([told.length, told.at(-1)]).toEqual([9, 33 * MEGA]);
  });

  it('tells how far it is, and stops when told to', async () => {
    const file = new Blob([bytes(9 * MEGA)]);
    const told: number[] = [];
    await inPieces(file, (done) => told.push(done) > 0);
    expect(told).toEqual([4 * MEGA, 8 * MEGA, 9 * MEGA]);
    await expect(inPieces(file, () => false)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('writes a checksum as tus wants it', () => {
    const hash = createHash('sha1').update('tessera');
    const hex = hash.copy().digest('hex');
    expect(hexToBase64(hex)).toBe(hash.digest('base64'));
  });
});
