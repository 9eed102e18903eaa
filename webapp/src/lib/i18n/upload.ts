/** The words of `lib/upload`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { upload } from './en/upload';
import { shell } from './en/shell';

export const t = { common, upload, shell };

export * from './format';
