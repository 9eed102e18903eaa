/** The words of `lib/memories`, apart from the others, so that only what uses them loads them. */
import { common } from './en/common';
import { memories } from './en/memories';
import { shell } from './en/shell';

export const t = { common, memories, shell };
export * from './format';
