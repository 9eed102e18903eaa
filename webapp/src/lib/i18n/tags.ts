/** The words of `lib/tags`, apart from the others, so that only what uses them loads them. */
import { common } from './en/common';
import { shell } from './en/shell';
import { tags } from './en/tags';

export const t = { common, shell, tags };
export * from './format';
