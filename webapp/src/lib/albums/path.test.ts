import { expect, it } from 'vitest';
import { mayAdd, mayEdit, mayManage } from './may';
import { albumHref, pathOf, photoHref } from './path';

it('leads from the outermost album to the one before', () => {
  const year = { id: 'album_1', name: 'Travels', parent: null };
  const album = { id: 'album_3', name: 'Sintra', parent: { id: 'album_2', name: 'Portugal', parent: year } };
  expect(pathOf(album)).toEqual([
    { id: 'album_1', name: 'Travels' },
    { id: 'album_2', name: 'Portugal' },
  ]);
  expect(pathOf(year)).toEqual([]);
  expect(photoHref('album_3', 'asset_1')).toBe(`${albumHref('album_3')}/asset_1`);
});

it('shows what a role may do', () => {
  const roles = ['VIEWER', 'CONTRIBUTOR', 'EDITOR', 'OWNER'] as const;
  expect(roles.map(mayAdd)).toEqual([false, true, true, true]);
  expect(roles.map(mayEdit)).toEqual([false, false, true, true]);
  expect(roles.map(mayManage)).toEqual([false, false, false, true]);
});
