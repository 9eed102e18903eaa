/** The words of `lib/places`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { places } from './en/places';
import { shell } from './en/shell';

export const t = { common, places, shell };

export * from './format';
