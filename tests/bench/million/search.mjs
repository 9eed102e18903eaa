/** Searches by date, alone, from several clients at once and with facets; suggestions while one is typed. */
import { at100k, immich } from '../lib/immich.mjs';
import { entriesOf } from '../lib/many.mjs';
import { address, document } from '../lib/requests.mjs';
import { hits, hitsWithFacets } from './documents.mjs';
import { show } from './show.mjs';
import { beginnings, searches } from './texts.mjs';

const CLIENTS = 8;

const texts = (query, all) => all.map((text) => address(query, { text }));

export async function search(house, requests) {
  const { sql } = house;
  const count = entriesOf((data) => data.search.nodes.length);
  const found = async (query, seed, clients, times) => ({
    warm: texts(query, await searches(sql, seed, requests)),
    paths: texts(query, await searches(sql, seed + 1, requests * times)),
    entries: count,
    clients,
  });
  const compare = { immich: at100k(immich.search) };
  await show(house, 'search by word and filters, by date, first 50', await found(hits, 10, 1, 1), {
    ms: 15,
    ...compare,
  });
  await show(house, `search by ${CLIENTS} clients at once`, await found(hits, 12, CLIENTS, 4), {
    ms: 60,
    quantile: 'p99',
  });
  await show(house, 'search with five facets', await found(hitsWithFacets, 14, 1, 1), { ms: 60 });
  const suggest = document('search/suggest.gql.ts', 'SearchSuggestions');
  const typed = {
    warm: texts(suggest, await beginnings(sql, 16, requests)),
    paths: texts(suggest, await beginnings(sql, 17, requests)),
    entries: entriesOf((data) => data.searchSuggestions.length),
  };
  await show(house, 'suggestions for what is being typed', typed, { ms: 10 });
}
