/** The words of `lib/partners`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { partners } from './en/partners';

export const t = { common, partners };
