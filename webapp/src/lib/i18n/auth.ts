/** The words of `lib/auth`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { auth } from './en/auth';
import { shell } from './en/shell';

export const t = { common, auth, shell };

export * from './format';
