/** The word the person is typing, and putting a key or a repair in its place. */

export interface Span {
  start: number;
  end: number;
}

/** The run around the caret that holds no blank and no bracket; a quoted phrase counts as one. */
export function wordAt(text: string, caret: number): Span {
  let start = 0;
  let quoted = false;
  for (let i = 0; i < caret; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (!quoted && /[\s()]/.test(text[i] ?? '')) start = i + 1;
  }
  let end = caret;
  while (end < text.length && (quoted ? text[end] !== '"' : !/[\s()]/.test(text[end] ?? ''))) end++;
  return { start, end: quoted && end < text.length ? end + 1 : end };
}

/** Puts `by` in the place of a span; answers the text and where the caret goes. */
export function replace(text: string, { start, end }: Span, by: string): { text: string; caret: number } {
  return { text: text.slice(0, start) + by + text.slice(end), caret: start + by.length };
}

/** Where a span of an older text lies in the one that stands there now, if only what it holds was typed at meanwhile. */
export function rebased(span: Span, before: string, now: string): Span | null {
  const [head, tail] = [before.slice(0, span.start), before.slice(span.end)];
  const end = now.length - tail.length;
  if (end < span.start || !now.startsWith(head) || !now.endsWith(tail)) return null;
  const words = (text: string) => text.split(/\s+/).length;
  // A new word has begun: what was found is not meant for it.
  const same = words(before.slice(span.start, span.end)) === words(now.slice(span.start, end));
  return same ? { start: span.start, end } : null;
}

/** A span that lies within the text, whatever the server or an older text said. */
export function within(text: string, { start, end }: Span): Span {
  const from = Math.min(Math.max(0, start), text.length);
  return { start: from, end: Math.min(Math.max(from, end), text.length) };
}
