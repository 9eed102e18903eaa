/** What people are told of a failure, wherever it happens. */
import { codeOf, idOf } from '$lib/api/error';
import { common } from './en/common';

export interface Failure {
  title: string;
  /** What is safe, what to do. */
  detail: string;
  /** What to quote when asking for help. */
  quote: string | null;
}

export function failureWords(error: unknown): Failure {
  const id = idOf(error);
  return { ...common.errors[codeOf(error)], quote: id && common.quote(id) };
}

/** The same as far as a toast has room for it. */
export function failureLine(error: unknown): string {
  const { title, quote } = failureWords(error);
  return quote ? `${title}. ${quote}` : title;
}
