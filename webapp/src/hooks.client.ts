import type { HandleClientError } from '@sveltejs/kit';

/** Hands the real error on to the error page, which knows the words for each kind. */
export const handleError: HandleClientError = ({ error, message }) => ({ message, cause: error });
