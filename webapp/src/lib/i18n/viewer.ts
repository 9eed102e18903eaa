/** The words of `lib/viewer`, apart from the others, so that only its own pages load them. */
import { common } from './en/common';
import { edit } from './en/edit';
import { shelves } from './en/shelves';
import { viewer } from './en/viewer';
import { shell } from './en/shell';

export const t = { common, edit, viewer, shell, shelves, act: shelves.act };

export * from './format';
