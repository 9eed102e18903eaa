import { expect, test } from 'vitest';
import { showBy } from '$lib/api/media-url';
import { asAsset, asTile } from './as-asset';
import type { SharedOne } from './share.gql';

const silent: SharedOne = {
  id: 'asset_1',
  type: 'VIDEO',
  width: 40,
  height: 30,
  durationMs: 1000,
  thumbhash: null,
  tag: 7,
  state: 'READY',
  name: null,
  localTakenAt: null,
  title: null,
  caption: null,
  camera: null,
  place: null,
  playback: { variant: null, streamSizes: [720, 360] },
  file: null,
};

test('a link that tells nothing shows a photo without a name, and a film in the sizes that it is streamed in', () => {
  showBy('/shared/abcdefgh');
  const asset = asAsset(silent);
  expect([asTile(silent).name, asset.name, asset.position, asset.offline]).toEqual(['', '', null, true]);
  expect(asset.playback).toMatchObject({ variant: '', stream: '/shared/abcdefgh/media/asset_1/hls/master.m3u8' });
  showBy('');
});

test('an original is offered only where it goes out', () => {
  const file = (variant: string) => asAsset({ ...silent, file: { variant, name: 'a.jpg' } }).offline;
  expect([file('preview'), file('film'), file('original')]).toEqual([true, true, false]);
});
