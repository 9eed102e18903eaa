/** Questions that the web app does not ask in this form: in date order, by fifties; with facets; stretches of a thousand. */

const HITS = `totalCount
  nodes { id type name width height durationMs thumbhash tag state localTakenAt }
  pageInfo { hasNextPage endCursor }`;

export const hits = `query ($text: String!) {
  search(filter: { text: $text }, sort: TAKEN_NEWEST, first: 50) { ${HITS} }
}`;

export const hitsWithFacets = `query ($text: String!) {
  search(filter: { text: $text }, sort: TAKEN_NEWEST, first: 50) { ${HITS} }
  searchFacets(filter: { text: $text }, keys: [YEAR, COUNTRY, CITY, CAMERA, TYPE], first: 20) {
    key valueCount values { value label count text search }
  }
}`;

export const days = '{ timeline { version days { numbers counts } } }';

export const stretch = `query ($from: Date!, $to: Date!, $after: String) {
  timeline {
    version
    stretch(from: $from, to: $to, after: $after, first: 1000) { ids ratios tags flags thumbhashes next }
  }
}`;
