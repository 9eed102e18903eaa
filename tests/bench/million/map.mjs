/** Views of the map as the web app asks for them, and map tiles, beside what the peer sends instead. */
import { at100k, immich } from '../lib/immich.mjs';
import { bytesOf, entriesOf } from '../lib/many.mjs';
import { number, row } from '../lib/report.mjs';
import { address, document } from '../lib/requests.mjs';
import { show } from './show.mjs';
import { tiles, views } from './views.mjs';

export async function map(house, requests, peer) {
  const spots = document('map/map.gql.ts', 'MapSpots');
  const entries = entriesOf(({ map }) => map.cells.length + map.points.length);
  const asked = async (seed, filtered) =>
    (await views(house.sql, seed, requests, filtered)).map((variables) => address(spots, variables));
  const squares = (seed, filtered) => tiles(house.sql, seed, requests, filtered);
  const heaps = {
    peer: { name: 'all points', text: `${number(peer.kb)} KB`, value: peer.kb, ...peer },
    immich: at100k(immich.map),
  };
  for (const [what, filtered, ms] of [
    ['unfiltered', false, 10],
    ['filtered', true, 45],
  ]) {
    const view = { warm: await asked(20, filtered), paths: await asked(21, filtered), entries };
    await show(house, `map viewport, ${what}`, view, { ms, kb: 30, ...heaps });
    const tile = { warm: await squares(22, filtered), paths: await squares(23, filtered), entries: bytesOf };
    await show(house, `map tile (mvt), ${what}`, tile, { ms, kb: 30 });
  }
  row('million', {
    what: `the peer's way: ${number(peer.points)} points as JSON`,
    text: '',
    value: peer.kb,
    peer: { name: 'supercluster', text: `${number(peer.supercluster_ms)} ms, on top of the bytes` },
    more: peer,
  });
}
