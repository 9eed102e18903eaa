/** The words of `lib/share`, apart from the others: whoever opens a public link loads these alone. */
import { common } from './en/common';
import { share } from './en/share';
import { shell } from './en/shell';

export const t = { common, share, shell };

export * from './format';
