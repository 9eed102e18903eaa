/** Files with something the matter, put together by what that is. */

export interface Reason<T> {
  /** In words. */
  words: string;
  rows: T[];
}

/** One for each reason, the most common first; files in the order in which they come. */
export function byReason<T>(rows: readonly T[], wordsOf: (row: T) => string): Reason<T>[] {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const words = wordsOf(row);
    const known = found.get(words);
    if (known) known.push(row);
    else found.set(words, [row]);
  }
  return [...found].map(([words, of]) => ({ words, rows: of })).sort((a, b) => b.rows.length - a.rows.length);
}

/** The folder of a path, as the server writes paths; null where there is none to tell. */
export function folderOf(path: string | null): string | null {
  const end = path?.lastIndexOf('/') ?? -1;
  return path && end >= 0 ? path.slice(0, end) || '/' : null;
}
