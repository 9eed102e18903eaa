/** The words of `lib/users`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { shell } from './en/shell';
import { users } from './en/users';

export const t = { common, shell, users };

export * from './format';
