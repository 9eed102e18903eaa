/** The terms of a search at its top level, to offer it again without one of them. */

/** Splits at blanks, but not within quotes or brackets; answers nothing where brackets or quotes don't close. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  let [start, depth, quoted] = [0, 0, false];
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '(') depth++;
    else if (!quoted && char === ')') depth--;
    else if (char === undefined || (!quoted && depth === 0 && /\s/.test(char))) {
      if (i > start) terms.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return quoted || depth !== 0 ? [] : terms;
}

/** The search without each of its terms in turn; only where it has a few and no `OR` between them. */
export function without(text: string): { term: string; rest: string }[] {
  const terms = termsOf(text);
  if (terms.length < 2 || terms.length > 5 || terms.some((term) => term === 'OR' || term === 'AND')) return [];
  return terms.map((term, i) => ({ term, rest: terms.filter((_, j) => j !== i).join(' ') }));
}
