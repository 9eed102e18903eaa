import { expect, test } from 'vitest';
import { ApiError, fromBody, offline } from '$lib/api/error';
import { failureLine, failureWords } from './failure';

test.each([
  ['no answer', offline(null), 'The server can’t be reached'],
  [
    'a part of the app that doesn’t come',
    new TypeError('error loading dynamically imported module: /x.js'),
    'The server can’t be reached',
  ],
  ['a full disk', new ApiError('NO_SPACE', 'full'), 'The server’s disk is full'],
  [
    'tries that were too many',
    fromBody({ message: '', extensions: { code: 'RATE_LIMITED' } }),
    'Too many tries in a short time',
  ],
  [
    'a fault of the server',
    fromBody({ message: '', extensions: { code: 'INTERNAL', id: 'k7' } }),
    'Something went wrong on the server. Quote k7 when you ask for help.',
  ],
  ['anything else', new Error('boom'), 'Something went wrong on the server'],
])('%s is called by its name', (_, error, line) => expect(failureLine(error)).toBe(line));

test('what is safe and what to do is told apart from what happened', () => {
  expect(failureWords(new ApiError('NO_SPACE', 'full'))).toEqual({
    title: 'The server’s disk is full',
    detail: 'Your photos are safe. Make room on the server, then try again.',
    quote: null,
  });
});
