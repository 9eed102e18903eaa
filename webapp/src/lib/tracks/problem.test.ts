import { expect, it } from 'vitest';
import { ApiError, fromBody, offline } from '$lib/api/error';
import { problemOf, Refused } from './problem';

const body = (message: string, code: string) => fromBody({ message, extensions: { code } });

it.each([
  [body('this is neither GPX nor KML', 'INVALID'), 'track', 'This is neither GPX nor KML'],
  [new Refused('nothing was taken along this track'), 'track', 'Nothing was taken along this track'],
  [body('unknown key “cammera”', 'FILTER_INVALID'), 'search', 'Unknown key “cammera”'],
  [body('Unknown field "x"', 'REQUEST_INVALID'), 'way', 'This page and its server don’t understand each other'],
  [new ApiError('NO_SPACE', 'full'), 'way', 'The server’s disk is full'],
  [offline(new TypeError('failed')), 'way', 'The server can’t be reached'],
])('%s is about the %s', (error, about, message) => expect(problemOf(error)).toEqual({ about, message }));
