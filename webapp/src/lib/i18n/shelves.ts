/** The words of `lib/shelves`, apart from the others, so that only what uses them loads them. */
import { common } from './en/common';
import { shell } from './en/shell';
import { shelves } from './en/shelves';
import { timeline } from './en/timeline';

export const t = { common, shell, shelves, timeline };
export * from './format';
