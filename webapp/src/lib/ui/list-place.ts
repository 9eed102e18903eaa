/** Walking through a list with the arrow keys while the focus stays in the field above it. */

/** Nothing of the list is marked: what counts is what is typed. */
export const NONE = -1;

/** The next place in a list of so many, down or up; from the last and the first one back to the field itself. */
export function nextPlace(place: number, step: 1 | -1, count: number): number {
  return ((place + 1 + step + count + 1) % (count + 1)) - 1;
}
