/** The words of `lib/tracks`, apart from the others, so that only its own parts load them. */
import { common } from './en/common';
import { edit } from './en/edit';
import { tracks } from './en/tracks';

export const t = { common, edit, tracks };

export * from './format';
