import { count } from '../format';
import { assets } from './common';

const were = (n: number) => (n === 1 ? 'was' : 'were');

/** Words of favourites, archive, trash and locked folder. */
export const shelves = {
  favourites: {
    title: 'Favourites',
    none: {
      title: 'No favourites yet',
      detail: 'Press the heart on a photo, or F, and it is here. Nobody else is told.',
    },
  },
  archive: {
    title: 'Archive',
    none: {
      title: 'Nothing is archived',
      detail: 'What you archive leaves the timeline and the map, and stays here and in its library.',
    },
  },
  trash: {
    title: 'Trash',
    none: { title: 'The trash is empty', detail: 'What you delete waits here, and can be brought back.' },
    keeps: (days: number) => `Everything here is deleted for good after ${count(days)} ${days === 1 ? 'day' : 'days'}.`,
    keepsAll: 'What is here stays until somebody empties the trash.',
    left: (days: number) =>
      days <= 0 ? 'Deleted for good today' : `Deleted for good in ${count(days)} ${days === 1 ? 'day' : 'days'}`,
    stays: 'Until the trash is emptied',
    restoreAll: 'Restore all',
    empty: 'Empty the trash',
    emptyTitle: (n: number) => `Delete ${assets(n)} for good?`,
    emptyDetail:
      'This can’t be undone. Files in folders that Tessera watches stay where they are, and aren’t imported again.',
    emptied: (n: number) => `${assets(n)} ${were(n)} deleted for good`,
    notYours: 'Only the owner of a library empties its trash.',
  },
  locked: {
    title: 'Locked folder',
    none: {
      title: 'Nothing is locked',
      detail: 'What you lock is seen by you alone, and only while this folder is open.',
    },
    setUp: {
      title: 'A folder that only you open',
      detail: 'What you lock leaves the timeline, search, map and everything shared. Choose a PIN that opens it.',
      action: 'Choose this PIN',
    },
    open: {
      title: 'The folder is locked',
      detail: 'It opens for 15 minutes, and locks by itself when you no longer use it.',
      action: 'Open',
    },
    change: { title: 'Change the PIN', action: 'Change the PIN', done: 'The PIN is changed' },
    pin: 'PIN',
    newPin: 'New PIN',
    pinHint: '6 to 12 digits',
    password: 'Your password',
    needed: 'This is needed.',
    lockNow: 'Lock now',
    closed: 'The folder is locked again',
  },
  act: {
    favourite: 'Favourite',
    unfavourite: 'Not a favourite',
    archive: 'Archive',
    unarchive: 'Back to the timeline',
    trash: 'Move to the trash',
    restore: 'Restore',
    lock: 'Move to the locked folder',
    unlock: 'Take out of the locked folder',
    delete: 'Delete for good',
  },
  done: {
    favourite: (n: number) => `${assets(n)} ${n === 1 ? 'is a favourite' : 'are favourites'} now`,
    unfavourite: (n: number) => `${assets(n)} ${n === 1 ? 'is no favourite' : 'are no favourites'} any more`,
    archive: (n: number) => `${assets(n)} ${were(n)} archived`,
    unarchive: (n: number) => `${assets(n)} ${n === 1 ? 'is' : 'are'} back in the timeline`,
    trash: (n: number) => `${assets(n)} ${were(n)} moved to the trash`,
    restore: (n: number) => `${assets(n)} ${were(n)} restored`,
    lock: (n: number) => `${assets(n)} ${were(n)} moved to the locked folder`,
    unlock: (n: number) => `${assets(n)} ${were(n)} taken out of the locked folder`,
  },
  nothing: 'Nothing had to be changed',
  undo: 'Undo',
  undone: 'Undone',
  notUndone: (why: string) => `Not undone. ${why}`,
  changedSince: (n: number) =>
    `${assets(n)} ${were(n)} changed again since, and ${n === 1 ? 'stays' : 'stay'} as they are.`,
  failed: (why: string) => `Nothing was changed. ${why}`,
  noPin: 'Choose a PIN for your locked folder first.',
  choosePin: 'Choose a PIN',
  delete: {
    title: (n: number) => `Delete ${assets(n)} for good?`,
    detail: 'This can’t be undone. Files in folders that Tessera watches stay where they are.',
    done: (n: number) => `${assets(n)} ${were(n)} deleted for good`,
  },
  selected: (n: number) => `${count(n)} selected`,
  everything: 'All that were found',
  all: (n: number) => `All ${assets(n)}`,
  counting: 'Counting…',
  bulk: {
    favourite: (n: number) => `Make ${assets(n)} your favourites?`,
    unfavourite: (n: number) => `Take your heart from ${assets(n)}?`,
    archive: (n: number) => `Archive ${assets(n)}?`,
    unarchive: (n: number) => `Bring ${assets(n)} back to the timeline?`,
    trash: (n: number) => `Move ${assets(n)} to the trash?`,
    restore: (n: number) => `Restore ${assets(n)}?`,
    lock: (n: number) => `Move ${assets(n)} to the locked folder?`,
    unlock: (n: number) => `Take ${assets(n)} out of the locked folder?`,
  },
  clear: 'End the selection',
  more: 'Loading more',
  inTrash: (when: string) => `In the trash. ${when}.`,
};
