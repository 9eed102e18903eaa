/** The words of what happened to accounts. */
import { audit } from './en/audit';
import { common } from './en/common';

export const t = { audit, common };

export * from './format';
