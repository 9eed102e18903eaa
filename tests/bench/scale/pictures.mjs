/** Placeholders and thumbnails as real pictures have them: of cuttings of the test library's photographs. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { chance } from '../lib/statistics.mjs';

const KINDS = /\.(jpe?g|png|webp)$/i;

/** Real pictures: the test library's where it is there, else the bench's own. */
function sources() {
  const library = process.env.TESSERA_TESTDATA && join(process.env.TESSERA_TESTDATA, 'library');
  const folder = library && existsSync(library) ? library : process.env.BENCH_PHOTOS;
  const names = readdirSync(folder, { recursive: true }).filter((name) => KINDS.test(name));
  return names
    .sort()
    .slice(0, 250)
    .map((name) => join(folder, name));
}

async function small(file) {
  const picture = sharp(file).rotate().resize(480, 480, { fit: 'outside' }).ensureAlpha().raw();
  try {
    const { data, info } = await picture.toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, file };
  } catch {
    return null; // hostile or of a kind that sharp does not read
  }
}

/** Coefficients in eight steps instead of sixteen, as the indexer keeps them (crates/media/src/render/placeholder.rs). */
const coarse = (four) => (four < 8 ? four | 1 : four & ~1);

/** So many thumbhashes, each of another cutting, in hex; kept from run to run. */
export async function thumbhashes(count) {
  const kept = join(process.env.BENCH_CACHE, `placeholders-${count}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const random = chance(2);
  const pictures = (await Promise.all(sources().map(small))).filter(Boolean);
  const made = Array.from({ length: count }, () => {
    const { data, width, height } = random.pick(pictures);
    // Every few pixels of a cutting, at most 100 a side as a thumbhash wants them.
    const step = 2 + random.below(3);
    const [w, h] = [Math.min(96, Math.floor(width / step / 1.2)), Math.min(72, Math.floor(height / step / 1.2))];
    const [left, top] = [random.below(width - w * step), random.below(height - h * step)];
    const cutting = new Uint8Array(w * h * 4);
    for (let y = 0; y < h; y += 1) {
      for (let x = 0; x < w; x += 1) {
        const from = ((top + y * step) * width + left + x * step) * 4;
        cutting.set(data.subarray(from, from + 3), (y * w + x) * 4);
        cutting[(y * w + x) * 4 + 3] = 255;
      }
    }
    const hash = Buffer.from(rgbaToThumbHash(w, h, cutting));
    return hash.map((pair, at) => (at < 5 ? pair : (coarse(pair >> 4) << 4) | coarse(pair & 15))).toString('hex');
  });
  mkdirSync(process.env.BENCH_CACHE, { recursive: true });
  writeFileSync(kept, JSON.stringify(made));
  return made;
}

/** Thumbnails of all source pictures, as bytes. */
export async function thumbnails() {
  const make = (file) =>
    sharp(file)
      .rotate()
      .resize(250, 250, { fit: 'outside' })
      .webp({ quality: 80 })
      .toBuffer()
      .catch(() => null);
  return (await Promise.all(sources().map(make))).filter(Boolean);
}
