/** Files with something the matter, put together by what kind of thing that is. */

export interface Reason<T> {
  /** What they are told apart by, whatever comes to it. */
  kind: string;
  /** What they have in common, in words. */
  words: string;
  files: Troubled<T>[];
}

export interface Troubled<T> {
  row: T;
  /** What of its reason stands by the file itself; null where the words above say all. */
  detail: string | null;
}

/**
 * One for each kind, the most common first; files in the order in which they come. Damages are as many as files: what
 * stands before the colon is the kind, as in the report of an import, and the rest stands by the file, unless it is the
 * same for all.
 */
export function byReason<T>(rows: readonly T[], wordsOf: (row: T) => string): Reason<T>[] {
  const found = new Map<string, Troubled<T>[]>();
  for (const row of rows) {
    const [kind, detail] = parts(wordsOf(row));
    const known = found.get(kind);
    if (known) known.push({ row, detail });
    else found.set(kind, [{ row, detail }]);
  }
  return [...found].map(together).sort((a, b) => b.files.length - a.files.length);
}

function parts(words: string): [kind: string, detail: string | null] {
  const colon = words.indexOf(': ');
  return colon < 0 ? [words, null] : [words.slice(0, colon), words.slice(colon + 2)];
}

function together<T>([kind, files]: [string, Troubled<T>[]]): Reason<T> {
  const detail = files[0]?.detail;
  if (!detail || files.some((file) => file.detail !== detail)) return { kind, words: kind, files };
  return { kind, words: `${kind}: ${detail}`, files: files.map(({ row }) => ({ row, detail: null })) };
}

/** The folder of a path, as the server writes paths; null where there is none to tell. */
export function folderOf(path: string | null): string | null {
  const end = path?.lastIndexOf('/') ?? -1;
  return path && end >= 0 ? path.slice(0, end) || '/' : null;
}
