/** English: the words that every page needs. Features with pages of their own have modules of their own beside this. */
import { common } from './en/common';
import { search } from './en/search';
import { shell } from './en/shell';
import { timeline } from './en/timeline';

export const en = { common, search, shell, timeline };
