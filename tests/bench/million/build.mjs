/** Counts and index made anew by the product's own command, and what that takes. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { postgres, stopwatch } from '../lib/house.mjs';
import { measured } from '../lib/program.mjs';

/** `tessera-indexer rebuild` says when the counts are done; what follows is the index. */
export async function rebuilt(house, count) {
  let counted = null;
  const heard = (out, seconds) => {
    if (counted === null && /counted anew/.test(out)) counted = seconds;
  };
  const used = stopwatch({ postgres });
  const words = [join(process.env.BENCH_BIN, 'tessera-indexer'), 'rebuild'];
  const made = await measured(`${house.name}-rebuild`, words, { env: house.env, watch: true, heard });
  if (made.code !== 0) throw new Error(`rebuild failed: ${made.problem || made.out}`);
  const documents = Number(made.out.match(/(\d+) documents/)?.[1]);
  if (documents !== count || counted === null)
    throw new Error(`rebuild did not say what it is known to say of ${count} assets, but:\n${made.out}`);
  return {
    counts_s: counted,
    index_s: made.seconds - counted,
    anonymous_mb: made.memory.anonymous,
    rss_peak_mb: Object.values(made.memory.rss)[0],
    cpu_s: made.cpu,
    postgres_cpu_s: used().postgres,
    index_mb: sizeOf(join(house.data, 'index')) / 1e6,
  };
}

const sizeOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, path, name }) => sum + statSync(join(parentPath ?? path, name)).size, 0);
