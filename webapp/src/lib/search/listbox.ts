/** Walking through a list of options that may change meanwhile. */
import { nextPlace } from '$lib/ui/list-place';

interface Identified {
  id: string;
}

/** Which option an arrow leads to: from the last and the first one back to the field itself, which is null. */
export function stepped<T extends Identified>(options: readonly T[], chosen: T | null, step: 1 | -1): T | null {
  const place = options.findIndex(({ id }) => id === chosen?.id);
  return options[nextPlace(place, step, options.length)] ?? null;
}

/** The same option in a list that has come meanwhile. */
export function kept<T extends Identified>(options: readonly T[], id: string | null): T | null {
  return options.find((option) => option.id === id) ?? null;
}
