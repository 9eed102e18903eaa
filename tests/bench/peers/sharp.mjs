/** The peer of the import: sharp makes the same two pictures of each file, one after the other on one thread. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const [folder, count] = process.argv.slice(2);
sharp.concurrency(1);
sharp.cache(false);

/** The short side has this many pixels; small pictures stay as they are. */
const short = (pixels) => [pixels, pixels, { fit: 'outside', withoutEnlargement: true }];
let bytes = 0;
const names = readdirSync(folder).sort().slice(0, Number(count));
for (const name of names) {
  const file = join(folder, name);
  const preview = await sharp(file)
    .rotate()
    .resize(...short(1440))
    .jpeg({ quality: 80 })
    .toBuffer();
  const thumbnail = await sharp(file)
    .rotate()
    .resize(...short(250))
    .webp({ quality: 80 })
    .toBuffer();
  bytes += preview.length + thumbnail.length;
}
const rss = Number(readFileSync('/proc/self/status', 'utf8').match(/VmHWM:\s+(\d+)/)[1]) / 1000;
console.log(JSON.stringify({ files: names.length, bytes, rss_mb: Math.round(rss) }));
