/** Parts of the map as a screen shows them, and map tiles, around assets of the library at all zooms. */
import { filterText } from './texts.mjs';
import { sample } from './sample.mjs';

const SCREEN = { width: 1440, height: 900 };
/** Asked for beyond each side of the screen by the web app, as a share of it. */
const MARGIN = 0.4;
const WORLD = 512; // pixels of the world at zoom 0
/** The whole world on this screen, to single streets. */
const ZOOMS = { from: 1, to: 17 };

/** On the unit square of a web map. */
const across = (longitude) => longitude / 360 + 0.5;
const down = (latitude) => 0.5 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI);
const latitudeAt = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
const within = (share) => Math.min(1, Math.max(0, share));
const turned = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;

/** So many assets with a position, a zoom for each, and a text that filters by something true of it. */
async function spots(sql, seed, count) {
  const { random, assets } = await sample(sql, seed, count * 3);
  const placed = assets.filter(({ latitude }) => latitude !== null).slice(0, count);
  return placed.map((asset) => ({
    text: filterText(random, asset),
    x: across(asset.longitude),
    y: down(asset.latitude),
    // Somewhere on the screen, not in the middle of each.
    aside: [random.next() - 0.5, random.next() - 0.5],
    zoom: ZOOMS.from + random.next() * (ZOOMS.to - ZOOMS.from),
  }));
}

function boxOf({ x, y, aside, zoom }) {
  const pixel = 1 / (WORLD * 2 ** zoom);
  const [middleX, middleY] = [x + aside[0] * SCREEN.width * pixel, y + aside[1] * SCREEN.height * pixel];
  const [halfX, halfY] = [SCREEN.width, SCREEN.height].map((side) => side * pixel * (0.5 + MARGIN));
  const [north, south] = [latitudeAt(within(middleY - halfY)), latitudeAt(within(middleY + halfY))];
  if (halfX >= 0.5) return { west: -180, south, east: 180, north };
  const [west, east] = [middleX - halfX, middleX + halfX].map((at) => turned((at - 0.5) * 360));
  return { west, south, east, north };
}

/** Variables of the query `map`. */
export const views = async (sql, seed, count, filtered) =>
  (await spots(sql, seed, count)).map((spot) => ({
    bbox: boxOf(spot),
    zoom: Math.floor(spot.zoom),
    filter: filtered ? { text: spot.text } : null,
  }));

/** Addresses of map tiles. */
export const tiles = async (sql, seed, count, filtered) =>
  (await spots(sql, seed, count)).map(({ x, y, zoom, text }) => {
    const z = Math.floor(zoom);
    const at = (share) => Math.floor(share * 2 ** z);
    return `/tiles/${z}/${at(x)}/${at(y)}.mvt${filtered ? `?${new URLSearchParams({ filter: text })}` : ''}`;
  });
