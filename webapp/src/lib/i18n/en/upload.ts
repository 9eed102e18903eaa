import { count } from '../format';

const files = (n: number) => `${count(n)} ${n === 1 ? 'file' : 'files'}`;

/** What happened, what is safe, what to do; the server's own words take the place of the detail. */
const problems = {
  offline: 'The server can’t be reached. Nothing is lost; it goes on by itself.',
  busy: 'The server has its hands full. Nothing is lost; it goes on by itself.',
  broken: 'The server stumbled over this file. Try again.',
  damaged: 'The file was damaged on the way. Try again.',
  'signed-out': 'You are signed out. Sign in, and the upload goes on where it stopped.',
  'no-space': 'The server’s disk is full. Nothing is lost: make room there, then go on.',
  quota: 'The storage of this library’s owner is used up. Make room, or ask an administrator for more.',
  'too-large': 'This file is larger than the server takes.',
  unsupported: 'The server doesn’t take this kind of file.',
  'not-media': 'This file is neither a picture nor a film, whatever its name says.',
  forbidden: 'You may not add to this library.',
  empty: 'This file is empty, so there is nothing to keep.',
  unreadable: 'The file can’t be read any more. Choose it again.',
  unknown: 'The server refused this file.',
};

export const upload = {
  title: 'Uploads',
  drop: {
    title: 'Drop to add',
    detail: (library: string) => `Files and folders go to ${library}`,
  },
  choose: {
    title: 'Add photos and films',
    detail:
      'Drop files or folders anywhere, or choose them. What the library has already is recognised and not sent again.',
    detailPhone: 'Choose them from this device. What the library has already is recognised and not sent again.',
    files: 'Choose files',
    folder: 'Choose a folder',
    library: 'Add to',
  },
  state: {
    looking: (n: number) => `Looking at ${files(n)}`,
    sending: (done: number, all: number) => `Uploading, ${count(done)} of ${count(all)}`,
    paused: (done: number, all: number) => `Paused at ${count(done)} of ${count(all)}`,
    held: 'Waiting for the server',
    stopped: 'Stopped',
    finished: 'Upload finished',
    failed: (n: number) => `Upload finished, ${files(n)} failed`,
  },
  sum: {
    added: (n: number) => `${count(n)} added`,
    known: (n: number) => `${count(n)} already here`,
    failed: (n: number) => `${count(n)} failed`,
    bytes: (done: string, all: string) => `${done} of ${all}`,
  },
  left: (seconds: number) => {
    if (seconds < 50) return 'less than a minute left';
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return minutes === 1 ? 'about a minute left' : `about ${count(minutes)} minutes left`;
    const hours = Math.round(minutes / 60);
    return hours === 1 ? 'about an hour left' : `about ${count(hours)} hours left`;
  },
  speed: (size: string) => `${size} a second`,
  row: {
    waiting: 'Waiting',
    hashing: 'Looking',
    checking: 'Asking the library',
    ready: 'Waiting',
    sending: 'Uploading',
    done: 'Added',
    duplicate: 'Already here',
    elsewhere: (library: string) => `Already in “${library}”`,
    failed: 'Failed',
    cancelled: 'Cancelled',
    sidecar: (name: string) => `with ${name}`,
    cancel: (name: string) => `Cancel ${name}`,
    retry: (name: string) => `Try ${name} again`,
    open: (name: string) => `Show ${name}`,
    progress: (name: string) => `Progress of ${name}`,
  },
  groups: { sending: 'Now', next: 'Next', failed: 'Failed', arrived: 'Arrived' },
  more: (n: number) => `and ${count(n)} more`,
  problems,
  actions: {
    pause: 'Pause',
    resume: 'Go on',
    signIn: 'Sign in',
    cancel: 'Cancel all',
    retry: 'Try all again',
    clear: 'Clear the list',
    dismiss: 'Close',
    details: 'Show uploads',
    nudge: 'Try now',
  },
  progress: 'Upload progress',
  cancelAsk: {
    title: 'Cancel the upload?',
    detail: (n: number) => `${files(n)} will not be sent. What has arrived stays.`,
    keep: 'Go on uploading',
    action: 'Cancel upload',
  },
  leftover: {
    title: (n: number) => `${files(n)} from an earlier visit ${n === 1 ? 'is' : 'are'} not finished`,
    detail:
      'Choose the same files or their folder again: they go on where they stopped, and what has arrived is skipped.',
    forget: (n: number) => (n === 1 ? 'Forget it' : 'Forget them'),
  },
  others: {
    title: (n: number) => `${files(n)} left out`,
    detail: 'They don’t look like photos or films.',
    send: 'Send anyway',
    dismiss: 'Leave out',
    which: 'Which ones?',
    more: (n: number) => `and ${count(n)} more`,
  },
  unreadable: (n: number) => `${files(n)} could not be read from your disk.`,
  nowhere: {
    title: 'No library to add to',
    detail: 'Ask the owner of a library to let you add photos to it.',
  },
  said: (added: number, known: number, failed: number) =>
    [
      `Upload finished: ${count(added)} added`,
      known ? `${count(known)} ${known === 1 ? 'was' : 'were'} already here` : '',
      failed ? `${count(failed)} failed` : '',
    ]
      .filter(Boolean)
      .join(', '),
};
