/** The map as the peer has it: all points to every browser, which makes heaps of them itself. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import Supercluster from 'supercluster';

/** As the peer names its assets. */
function uuid(id) {
  const hex = createHash('md5').update(String(id)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Quality 4 is what both servers use while somebody waits. */
const compressed = (text) =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 4,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  }).length;

function timed(work) {
  const since = performance.now();
  const result = work();
  return [result, performance.now() - since];
}

/** Bytes of all points as JSON, with what the peer says of each and with nothing but where it is; and the heaps' time. */
export async function allPoints(sql) {
  const { rows } = await sql.query(
    `select id, latitude as lat, longitude as lon, city, region as state, country from assets
     where state = 'active' and latitude is not null order by local_at desc`,
  );
  const [json, jsonMs] = timed(() => JSON.stringify(rows.map((row) => ({ ...row, id: uuid(row.id) }))));
  const [bytes, compressMs] = timed(() => compressed(json));
  const bare = compressed(JSON.stringify(rows.map(({ lat, lon }) => [lat, lon])));
  const features = rows.map(({ id, lat, lon }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { id },
  }));
  const [, heapsMs] = timed(() => new Supercluster().load(features));
  return {
    points: rows.length,
    kb: bytes / 1000,
    plain_kb: Buffer.byteLength(json) / 1000,
    positions_alone_kb: bare / 1000,
    json_ms: jsonMs,
    compress_ms: compressMs,
    supercluster_ms: heapsMs,
  };
}
