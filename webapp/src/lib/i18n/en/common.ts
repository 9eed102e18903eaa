import { count } from '../format';

/** Of a number of assets, whose kinds aren't counted apart. */
export const assets = (n: number) => `${count(n)} ${n === 1 ? 'photo or film' : 'photos and films'}`;

export const common = {
  cancel: 'Cancel',
  close: 'Close',
  retry: 'Try again',
  loading: 'Loading',
  goesOn: 'Tessera goes on trying by itself.',
  assets,
  errors: {
    OFFLINE: {
      title: 'The server can’t be reached',
      detail: 'Your photos are safe. Check that Tessera is running and that you are on the right network.',
    },
    RATE_LIMITED: {
      title: 'Too many tries in a short time',
      detail: 'Nothing is lost. Wait a minute, then try again.',
    },
    LIMIT_EXCEEDED: {
      title: 'That was too much at once',
      detail: 'Nothing was changed. Ask for less, or in smaller steps.',
    },
    FORBIDDEN: {
      title: 'That isn’t yours to see',
      detail: 'Ask the person it belongs to for access.',
    },
    NOT_FOUND: {
      title: 'That isn’t here',
      detail: 'It may have been removed, or it was never shared with you.',
    },
    FILTER_INVALID: {
      title: 'That search can’t be read',
      detail: 'Check the marked part of what you typed.',
    },
    UNAUTHENTICATED: {
      title: 'You are signed out',
      detail: 'Sign in again to go on. Nothing is lost.',
    },
    INVALID: {
      title: 'This page and its server don’t understand each other',
      detail: 'The server may have been updated. Load the page anew. Your photos are safe.',
    },
    NO_SPACE: {
      title: 'The server’s disk is full',
      detail: 'Your photos are safe. Make room on the server, then try again.',
    },
    UNAVAILABLE: {
      title: 'A part of the server isn’t there right now',
      detail: 'Your photos are safe. It may be starting again: wait a moment, then try again.',
    },
    INTERNAL: {
      title: 'Something went wrong on the server',
      detail: 'Your photos are safe. Try again; if it stays, look at the server’s log.',
    },
  },
  quote: (id: string) => `Quote ${id} when you ask for help.`,
};
