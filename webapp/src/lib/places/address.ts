/** The page of a country, by its code of two letters. */
export function countryHref(code: string): string {
  return `/places/${encodeURIComponent(code.toLowerCase())}`;
}

/** As the server writes codes; null where it is none. */
export function countryCode(written: string): string | null {
  return /^[a-z]{2}$/i.test(written) ? written.toUpperCase() : null;
}

/** What tells a place from others of its kind: there is a Lagos in two countries, and in two regions of one. */
export function keyOf({ countryCode, region, name }: { countryCode: string; region?: string | null; name: string }) {
  return [countryCode, region ?? '', name].join('\n');
}
