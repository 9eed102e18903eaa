/** The words of `lib/libraries`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { folders } from './en/folders';
import { libraries } from './en/libraries';
import { shell } from './en/shell';

export const t = { common, folders, libraries, shell };

export * from './format';
