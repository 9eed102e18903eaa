import { describe, expect, it } from 'vitest';
import { addressOf, listOf, played, qualityOf, type Offer } from './quality';

const OFFER: Offer = {
  file: '/media/asset_1/original?v=7',
  original: true,
  stream: '/media/asset_1/hls/master.m3u8',
  sizes: [1080, 720, 480],
};

describe('a film is played', () => {
  it('as it is, where nobody wants anything else and the connection is not known to be slow', () => {
    expect(played(null, OFFER, {})).toBe('full');
    expect(played(null, OFFER, { effectiveType: '4g' })).toBe('full');
    // What Chromium tells of a network that it has not measured.
    const guessed = { effectiveType: '4g', downlink: 1.55, rtt: 100, saveData: false };
    expect(played(null, OFFER, guessed)).toBe('full');
  });

  it('by what the connection carries, where that is little or to be spared', () => {
    for (const connection of [{ saveData: true }, { effectiveType: '3g' }, { effectiveType: 'slow-2g' }])
      expect(played(null, OFFER, connection)).toBe('auto');
  });

  it('as it was chosen, as far as there is such a size', () => {
    expect(played('auto', OFFER, {})).toBe('auto');
    expect(played('full', OFFER, { saveData: true })).toBe('full');
    expect(played(720, OFFER, {})).toBe(720);
    expect(played(360, OFFER, {})).toBe(480);
    expect(played(720, { ...OFFER, sizes: [600, 360] }, {})).toBe('full');
    expect(played(500, { ...OFFER, sizes: [600, 360] }, {})).toBe(360);
  });

  it('as it is, where there is nothing else', () => {
    expect(played(720, { ...OFFER, stream: null, sizes: [] }, { saveData: true })).toBe('full');
  });
});

it('each size has an address beside the list of all', () => {
  expect(addressOf('full', OFFER)).toBe(OFFER.file);
  expect(addressOf('auto', OFFER)).toBe(OFFER.stream);
  expect(addressOf(480, OFFER)).toBe('/media/asset_1/hls/480.m3u8');
  expect(listOf('auto', OFFER)).toBe('/media/asset_1/hls/480.m3u8');
  expect(listOf(720, OFFER)).toBe('/media/asset_1/hls/720.m3u8');
  expect(addressOf('auto', { ...OFFER, stream: null })).toBe(OFFER.file);
});

it('what was kept is believed only where it makes sense', () => {
  expect(['full', 'auto', 720, null, 'huge', -1, 7.5, {}].map(qualityOf)).toEqual([
    'full',
    'auto',
    720,
    null,
    null,
    null,
    null,
    null,
  ]);
});
