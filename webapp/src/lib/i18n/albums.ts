/** The words of `lib/albums`, apart from the others, so that only its own pages load them. */
import { albums } from './en/albums';
import { common } from './en/common';
import { search } from './en/search';
import { shell } from './en/shell';
import { timeline } from './en/timeline';

export const t = { albums, common, search, shell, timeline };

export * from './format';
