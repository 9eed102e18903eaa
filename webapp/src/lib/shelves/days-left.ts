/** How long something stays in the trash. */
const DAY_MS = 86_400_000;

/** Whole days from now on; null where it stays until somebody empties the trash. */
export function daysLeft(until: string | null, now: number): number | null {
  return until === null ? null : Math.max(0, Math.floor((Date.parse(until) - now) / DAY_MS));
}

/** Neighbours with as many days left, together. */
export function byDaysLeft<T extends { trashedUntil: string | null }>(
  all: readonly T[],
  now: number,
): { left: number | null; items: T[] }[] {
  const groups: { left: number | null; items: T[] }[] = [];
  for (const item of all) {
    const left = daysLeft(item.trashedUntil, now);
    const last = groups.at(-1);
    if (last && last.left === left) last.items.push(item);
    else groups.push({ left, items: [item] });
  }
  return groups;
}
