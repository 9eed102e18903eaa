/** The words of `lib/map`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { map } from './en/map';
import { shell } from './en/shell';

export const t = { common, map, shell };

export * from './format';
