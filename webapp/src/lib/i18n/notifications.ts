/** The words of `lib/notifications`, apart from the others, so that only who looks at them loads them. */
import { common } from './en/common';
import { notifications } from './en/notifications';

export const t = { common, notifications };

export * from './format';
