/** The words of `lib/download`, apart from the others, so that only what uses them loads them. */
import { common } from './en/common';
import { download } from './en/download';

export const t = { common, download };
export * from './format';
