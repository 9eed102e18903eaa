/** What is wrong with a track, in a sentence, and where. */

import { ApiError } from '$lib/api/error';
import { failureLine } from '$lib/i18n/failure';
import { sentence } from '$lib/i18n/tracks';

export interface Problem {
  message: string;
  /** What it is about: the search that narrows, the track itself, or the way to the server. */
  about: 'search' | 'track' | 'way';
}

/** The server has said why it does nothing. */
export class Refused extends Error {}

export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return { message: sentence(error.message), about: 'track' };
  if (error instanceof ApiError && error.code === 'FILTER_INVALID')
    return { message: sentence(error.message), about: 'search' };
  // Told from a question that the server doesn't know, which has the same code here.
  if (error instanceof ApiError && error.extensions.code === 'INVALID')
    return { message: sentence(error.message), about: 'track' };
  return { message: failureLine(error), about: 'way' };
}
