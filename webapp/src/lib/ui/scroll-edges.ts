/** At which edges of a box that scrolls there is more. */

export interface Edges {
  above: boolean;
  below: boolean;
}

/** Browsers round what is left to scroll. */
const SLACK = 1;

export function edgesOf(box: Pick<Element, 'scrollTop' | 'clientHeight' | 'scrollHeight'>): Edges {
  const left = box.scrollHeight - box.clientHeight - box.scrollTop;
  return { above: box.scrollTop > SLACK, below: left > SLACK };
}
