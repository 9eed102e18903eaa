// The smallest PMTiles file that is a map: one tile of the world, without anything on it. Written by hand from the
// specification (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md), nothing in it is compressed.
const tile = Buffer.from([0x1a, 9, 0x0a, 5, ...Buffer.from('earth'), 0x78, 2]);
/** One entry: tile 0, for one tile, so long, at the beginning (which is written as 1). */
const directory = Buffer.from([1, 0, 1, tile.length, 1]);

/** With these layers, as far as the file tells. */
export function pmtiles(...layers) {
  const about = Buffer.from(
    JSON.stringify({
      attribution: '<a href="https://openstreetmap.org/copyright">© OpenStreetMap</a>',
      vector_layers: layers.map((id) => ({ id, fields: {} })),
    }),
  );
  const head = Buffer.alloc(127);
  head.write('PMTiles\x03');
  const aboutAt = head.length + directory.length;
  const tilesAt = aboutAt + about.length;
  const places = [head.length, directory.length, aboutAt, about.length, tilesAt, 0, tilesAt, tile.length, 1, 1, 1];
  places.forEach((place, i) => head.writeBigUInt64LE(BigInt(place), 8 + 8 * i));
  // Clustered, neither directories nor tiles compressed, vector tiles, of zoom 0 alone.
  head.set([1, 1, 1, 1, 0, 0], 96);
  [-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000].forEach((degrees, i) => head.writeInt32LE(degrees, 102 + 4 * i));
  return Buffer.concat([head, directory, about, tile]);
}

/** Sends a file, or the range of it that was asked for. */
export function send(route, file) {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(route.request().headers().range ?? '') ?? [];
  const headers = { 'content-type': 'application/vnd.pmtiles', etag: '"1"' };
  if (from === undefined) return route.fulfill({ body: file, headers });
  const part = file.subarray(Number(from), Number(to) + 1);
  headers['content-range'] = `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`;
  return route.fulfill({ status: 206, body: part, headers });
}
