/** Keywords as people type them: parted by commas, below others by `|`. */

const BELOW = '|';

/** One keyword, tidied: `Places | Portugal` is `Places|Portugal`. Empty where there is none. */
export function tidyKeyword(text: string): string {
  const parts = text.split(BELOW).map((part) => part.trim().replaceAll(/\s+/g, ' '));
  return parts.filter((part) => part !== '').join(BELOW);
}

/** All keywords of a text, each once whatever its case. */
export function readKeywords(text: string): string[] {
  const found = new Map<string, string>();
  for (const keyword of text.split(/[,\n]/).map(tidyKeyword))
    if (keyword && !found.has(keyword.toLowerCase())) found.set(keyword.toLowerCase(), keyword);
  return [...found.values()];
}

/** What a comma has finished, and what is still being typed. */
export function finished(text: string): [done: string[], rest: string] {
  const end = Math.max(text.lastIndexOf(','), text.lastIndexOf('\n'));
  return end < 0 ? [[], text] : [readKeywords(text.slice(0, end)), text.slice(end + 1).trimStart()];
}
