/** Paths of tags as people write them: `Places / Portugal / Lisbon`. */

/** As it is shown and can be changed. */
export function written(path: readonly string[]): string {
  return path.join(' / ');
}

/** As it is kept; empty parts are left out. */
export function read(text: string): string[] {
  return text
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
