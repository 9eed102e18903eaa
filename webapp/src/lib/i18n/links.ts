/** The words of `lib/links`, apart from the others, so that only what uses them loads them. */
import { common } from './en/common';
import { links } from './en/links';
import { shell } from './en/shell';

export const t = { common, links, shell };

export * from './format';
