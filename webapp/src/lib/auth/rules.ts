/** What is checked before anything is sent; the server checks again. */
import { t } from '$lib/i18n/auth';
import { SHORTEST } from './strength';

export function nameError(name: string): string | null {
  return name.trim() ? null : t.auth.required;
}

export function emailError(email: string): string | null {
  if (!email.trim()) return t.auth.required;
  return /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? null : t.auth.emailInvalid;
}

export function newPasswordError(password: string): string | null {
  if (!password) return t.auth.required;
  const left = SHORTEST - [...password].length;
  return left > 0 ? t.auth.strength.short(left) : null;
}

/** Only what is wrong. */
export function problems<Field extends string>(list: Record<Field, string | null>): Partial<Record<Field, string>> {
  const wrong: Partial<Record<Field, string>> = {};
  for (const field in list) {
    const problem = list[field];
    if (problem !== null) wrong[field] = problem;
  }
  return wrong;
}
