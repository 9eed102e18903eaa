import { expect, test } from 'vitest';
import { deedsOf, leaves } from './deeds';

const library = { id: 'library_1', name: 'Family' };
const names = (
  life: 'ACTIVE' | 'ARCHIVED' | 'TRASHED' | 'LOCKED',
  role: 'OWNER' | 'EDITOR' | 'VIEWER' | null,
  favourite = false,
) => deedsOf({ life, favourite, library: role && { ...library, role } }).map(({ deed }) => deed);

test('each is offered what they may do to what they look at', () => {
  expect(names('ACTIVE', 'OWNER')).toEqual(['favourite', 'archive', 'lock', 'trash']);
  expect(names('ACTIVE', 'EDITOR', true)).toEqual(['unfavourite', 'archive', 'trash']);
  expect(names('ARCHIVED', 'VIEWER')).toEqual(['favourite']);
  expect(names('ARCHIVED', null)).toEqual(['favourite']);
  expect(names('ARCHIVED', 'EDITOR')).toEqual(['favourite', 'unarchive', 'trash']);
  expect(names('TRASHED', 'EDITOR')).toEqual(['restore']);
  expect(names('TRASHED', 'OWNER')).toEqual(['restore', 'delete']);
  expect(names('LOCKED', 'OWNER')).toEqual(['unlock', 'delete']);
  expect(['favourite', 'archive', 'delete'].map((deed) => leaves(deed as 'archive'))).toEqual([false, true, true]);
});
