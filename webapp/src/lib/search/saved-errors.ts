/** What the server says against a search that is to be kept, at the field that it is about. */

import type { UserError } from './saved.gql';

export interface FieldErrors {
  name?: string;
  text?: string;
  /** About no field that is shown. */
  general?: string;
}

export function errorsByField(errors: readonly UserError[], sentence: (message: string) => string): FieldErrors {
  const found: FieldErrors = {};
  for (const { field, message } of errors) {
    const at = field === 'name' || field === 'text' ? field : 'general';
    found[at] ??= sentence(message);
  }
  return found;
}
