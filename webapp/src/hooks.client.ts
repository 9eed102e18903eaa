import type { HandleClientError } from '@sveltejs/kit';
import { isMissingPart, offline } from '$lib/api/error';

/** Hands the real error on to the error page, which knows the words for each kind. */
export const handleError: HandleClientError = ({ error, message }) => ({
  message,
  cause: isMissingPart(error) ? offline(error) : error,
});
