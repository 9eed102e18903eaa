/** Keywords as the search language asks for them. */

/** What finds all that have this keyword, or one below it. */
export function tagSearch(keyword: string): string {
  const leaf = keyword.split('|').at(-1) ?? keyword;
  return `tag:="${leaf.replaceAll(/["\\]/g, '\\$&')}"`;
}
