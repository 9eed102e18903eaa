/** Which rows of a long list of equal rows are drawn. */

export interface Rows {
  first: number;
  /** Past the last one. */
  end: number;
}

/** Those in sight and `beyond` more on each side, so that the next one can take the focus. */
export function rowsInSight(top: number, height: number, row: number, count: number, beyond = 8): Rows {
  const first = Math.max(0, Math.min(Math.floor(top / row) - beyond, count));
  const end = Math.min(count, Math.max(first, Math.ceil((top + height) / row) + beyond));
  return { first, end };
}
