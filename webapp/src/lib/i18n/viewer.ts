/** The words of `lib/viewer`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { viewer } from './en/viewer';
import { shell } from './en/shell';

export const t = { common, viewer, shell };

export * from './format';
