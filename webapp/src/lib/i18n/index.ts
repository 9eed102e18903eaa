/**
 * Messages of the language in use: `t.timeline.empty.title`, or `t.jobs.importing(312, 543)` where words depend on numbers.
 * A translation is another object of the same type beside `en`.
 */
import { en } from './en';

export type Messages = typeof en;

export const t: Messages = en;

export * from './format';
