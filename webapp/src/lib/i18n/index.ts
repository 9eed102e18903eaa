/**
 * Messages of the language in use: `t.timeline.empty.title`, or `t.shell.foot.importing(312, 543)` where words depend on
 * numbers. `$lib/i18n/upload` and its like add those of one feature. A translation is another folder beside `en`.
 */
import { en } from './en';

export const t = en;

export * from './format';
