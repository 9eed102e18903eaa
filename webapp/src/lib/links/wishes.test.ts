import { expect, test } from 'vitest';
import type { Link } from './links.gql';
import { change, creation, granted, wishesOf } from './wishes';

const link: Link = {
  id: 'link_1',
  title: 'Summer',
  slug: 'summer',
  album: null,
  assetCount: 2,
  hasPassword: true,
  view: true,
  download: true,
  upload: false,
  metadata: true,
  location: false,
  expiresAt: new Date('2027-01-31T23:59:59').toISOString(),
  ended: false,
  visits: 3,
  visitedAt: null,
};

test('where something was taken is told by no link unless somebody says so', () => {
  const { view, download, upload, metadata, location } = creation(wishesOf(null), { albumId: 'album_1' });
  expect({ view, download, upload, metadata, location }).toEqual({
    view: true,
    download: true,
    upload: false,
    metadata: true,
    location: false,
  });
});

test('what hangs on something else goes with it', () => {
  const all = { ...wishesOf(null), location: true };
  expect(granted({ ...all, metadata: false })).toMatchObject({ metadata: false, location: false });
  expect(granted({ ...all, view: false, upload: true })).toMatchObject({ view: false, download: false, upload: true });
});

test('a link lasts to the end of its day', () => {
  const { expiresAt } = creation({ ...wishesOf(null), until: '2027-01-31' }, { assetIds: ['asset_1'] });
  expect(new Date(expiresAt!).getTime()).toBe(new Date('2027-01-31T23:59:59').getTime());
});

test('what nobody touched is not sent again: no password is lost, and no day that is over refused', () => {
  const untouched = change(wishesOf(link), link);
  expect('password' in untouched || 'expiresAt' in untouched).toBe(false);
  expect(change({ ...wishesOf(link), open: true }, link).password).toBe(null);
  expect(change({ ...wishesOf(link), password: 'open sesame' }, link).password).toBe('open sesame');
  expect(change({ ...wishesOf(link), until: '' }, link).expiresAt).toBe(null);
});
