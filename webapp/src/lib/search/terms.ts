/** The terms of a search at its top level: what it demands, and the same search without one of them. */

/** Cuts at blanks and `|`, but not within quotes or brackets; answers nothing where brackets or quotes don't close. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  let [start, depth, quoted] = [0, 0, false];
  const end = (at: number) => {
    if (at > start) terms.push(text.slice(start, at));
    start = at + 1;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    // In quotes a backslash takes the next sign as it is.
    if (quoted && char === '\\') i++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (depth === 0 && /[\s|]/.test(char)) {
      end(i);
      if (char === '|') terms.push(char);
    }
  }
  end(text.length);
  return quoted || depth !== 0 ? [] : terms;
}

/** The terms that are all demanded; nothing where one of several would do. */
export function demandsOf(text: string): string[] {
  const terms = termsOf(text);
  if (terms.some((term) => term === '|' || is(term, 'or'))) return [];
  const demands: string[] = [];
  for (const [i, term] of terms.entries()) {
    const before = terms[i - 1];
    if (is(term, 'and') || is(term, 'not')) continue;
    demands.push(before && is(before, 'not') ? `${before} ${term}` : term);
  }
  return demands;
}

/** The search without each of its terms in turn; only where it has a few. */
export function without(text: string): { term: string; rest: string }[] {
  const terms = demandsOf(text);
  if (terms.length < 2 || terms.length > 5) return [];
  return terms.map((term, i) => ({ term, rest: terms.filter((_, j) => j !== i).join(' ') }));
}

/** True where nothing is missing at the end of a search, as far as its signs tell. */
export function finished(text: string): boolean {
  const terms = termsOf(text);
  const last = terms.at(-1);
  if (last === undefined || ['or', 'and', 'not', '|', '-'].some((word) => is(last, word))) return false;
  return terms.every((term) => !/[:,=]\)*$/.test(term));
}

function is(term: string, word: string): boolean {
  return term.toLowerCase() === word;
}
