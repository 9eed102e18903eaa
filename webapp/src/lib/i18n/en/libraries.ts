import { count } from '../format';

const files = (n: number) => `${count(n)} ${n === 1 ? 'file' : 'files'}`;

export const libraries = {
  title: 'Libraries',
  role: {
    OWNER: 'Yours',
    EDITOR: 'You may add to it',
    VIEWER: 'You may look at it',
    PARTNER: 'Your partner lets you look at it',
  },
  size: (assets: string, bytes: string) => `${assets}, ${bytes}`,
  nothing: 'No photos or films yet',
  make: {
    button: 'New library',
    title: 'New library',
    rename: 'Rename library',
    name: 'Name',
    noName: 'Give it a name',
    done: 'Make library',
    renameDone: 'Rename',
  },
  people: {
    button: (n: number) => (n > 1 ? `${count(n)} people` : 'Share'),
    title: (name: string) => `Who is in “${name}”`,
    invite: 'Let in',
    as: 'As what',
    /** What each role may do, in words. */
    roles: {
      VIEWER: { name: 'Viewer', may: 'Sees and downloads everything in it' },
      EDITOR: {
        name: 'Editor',
        may: 'Also adds, changes, shares in albums, and moves to the trash and back',
      },
      PARTNER: { name: 'Partner', may: 'Sees and downloads what is in the timeline' },
      OWNER: { name: 'Owner', may: 'Also deletes for good, decides who is in it, and its storage is theirs' },
    },
    hint: 'Everybody in a library sees the same photos, each kept once. Locked photos are seen by nobody but who locked them.',
    you: 'You',
    roleOf: (name: string) => `What ${name} may do`,
    remove: (name: string) => `Take ${name} out`,
    transfer: (name: string) => `Give the library to ${name}`,
    transferTitle: (name: string) => `Give this library to ${name}?`,
    transferDetail: 'It is theirs then and counts as their storage. You stay an editor.',
    transferDone: 'Give the library away',
    leave: 'Leave library',
    leaveTitle: (name: string) => `Leave “${name}”?`,
    leaveDetail:
      'You see it no more, and what you put from it into your own albums is taken out. Nothing is deleted. Its owner can let you in again.',
    left: (name: string) => `You have left “${name}”`,
  },
  folder: {
    title: 'Folders',
    inPlace: 'Photos stay where they are',
    copied: 'Photos are copied into the library',
    state: {
      WAITING: 'Waiting for its turn',
      SCANNING: 'Looking through it now',
      OFFLINE: 'Not connected. Its photos are kept and come back with it.',
    },
    looked: (when: string) => `Looked through ${when}`,
    lookedNow: 'Looked through just now',
    lookedNever: 'Not looked through yet',
    scan: 'Look for changes',
    checked: (n: number) => `${count(n)} checked`,
    imported: (n: number) => `${count(n)} imported`,
    duplicates: (n: number) => `${count(n)} already here`,
    refused: (n: number) => `${count(n)} refused`,
    refusals: (n: number) => `Which ${n === 1 ? 'file was' : `${count(n)} files were`} refused, and why`,
    more: (n: number) => `and ${count(n)} more`,
    progress: (path: string) => `Progress of ${path}`,
    none: 'No folders yet. Photos come by upload, or from a folder of the server, which Tessera then looks through every quarter of an hour. To add one, run in Tessera’s folder:',
    /** The name comes with what stands between it and its option. */
    command: (name: string, email: string) =>
      `bin/tessera-indexer import /path/to/photos --owner ${email} --library${name}`,
  },
  work: {
    title: 'Work in the background',
    idle: 'All done. What is uploaded is taken in at once; folders are looked through every quarter of an hour.',
    left: (n: number) => `${count(n)} to do`,
    running: (n: number) => `${count(n)} under way`,
    /** Stages by name; one that is new to this list is shown by its own name. */
    stages: {
      metadata: 'Reading dates, places and cameras',
      renditions: 'Making thumbnails and previews',
      transcode: 'Making films that every browser plays',
      stream: 'Making films for slow connections',
    } as Record<string, string>,
  },
  buried: {
    title: 'Needs a look',
    detail: 'Something about these files is not in order. They are safe as they are.',
    elsewhere: (n: number) => `${files(n)} in other people’s libraries`,
    tries: (n: number) => `${count(n)} ${n === 1 ? 'try' : 'tries'}`,
    retry: (name: string) => `Try ${name} again`,
    retryAll: 'Try all again',
    retried: (n: number) => `Trying ${files(n)} again`,
  },
  unreadable: {
    title: 'Can’t be shown',
    detail: 'These files are kept as they came. What a newer version can read appears by itself.',
    unknown: 'The reason isn’t known',
    all: 'Show them as a search',
  },
  /** Of lists of files that are sorted by what is the matter with them. */
  reasons: {
    all: (n: number) => `Show all ${count(n)}`,
    number: files,
    /** As long as only the first files of a list are here. */
    atLeast: (n: number) => `at least ${files(n)}`,
    some: (n: number) => `Show ${count(n)}`,
    fewer: 'Show fewer',
    more: 'Show more',
    shown: (n: number, total: number) => `The first ${count(n)} of ${files(total)} are sorted here.`,
  },
  empty: {
    title: 'No libraries yet',
    detail: 'When somebody shares a library with you, it appears here.',
  },
};
