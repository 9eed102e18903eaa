/** The keys of a field with a list beneath it: the field keeps the focus, one of the list is marked. */
import { nextPlace } from '$lib/ui/list-place';

/** What is marked after a key, of so many; null where the key does not move the mark. It goes round through the field. */
export function moved(active: number, key: string, count: number): number | null {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  return nextPlace(active, key === 'ArrowDown' ? 1 : -1, count);
}

/** The one that Enter takes: the marked one, else the first. */
export function taken<T>(options: readonly T[], active: number): T | null {
  return options[Math.max(active, 0)] ?? null;
}

/** True where there is enough to ask for: one Latin letter begins ten thousand names, one Chinese sign is half of one. */
export function enough(text: string): boolean {
  const typed = text.trim();
  return typed.length > 1 || /[^\p{ASCII}\p{Script=Latin}]/u.test(typed);
}
