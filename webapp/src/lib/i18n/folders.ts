/** The words of `lib/folders`, apart from the others, so that only what uses them loads them. */
import { common } from './en/common';
import { folders } from './en/folders';
import { shell } from './en/shell';

export const t = { common, folders, shell };
