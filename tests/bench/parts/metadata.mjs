/** Our metadata stage beside exiftool, over the pictures of the test library. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inHouse, postgres, sleep, stopwatch } from '../lib/house.mjs';
import { secondsOf } from '../lib/meter.mjs';
import { measured } from '../lib/program.mjs';
import { redo } from '../lib/redo.mjs';
import { row } from '../lib/report.mjs';

const library = process.env.TESSERA_TESTDATA && join(process.env.TESSERA_TESTDATA, 'library');

export async function run({ rounds }) {
  if (!library) {
    console.log(
      '(no test library: TESSERA_TESTDATA is not set, and ../shared/testdata is not there; metadata is left out)',
    );
    return;
  }
  await inHouse('metadata', (house) => compare(house, rounds));
}

async function compare(house, rounds) {
  house.startApi();
  await house.ready();
  await house.signIn();
  await house.stop('api');
  // With files that nobody can show yet the command ends with a failure; the rows say what came of each.
  await house.start('import', 'tessera-indexer', 'import', library, '--owner', 'bench@example.org').ended;
  const { rows } = await house.sql.query(
    `select convert_from(l.path, 'UTF8') as path from locations l join versions v on v.id = l.version_id
     join stages s on s.asset_id = v.asset_id and s.stage = 'metadata' and s.state = 'done'
     where l.id in (select min(id) from locations group by version_id) order by 1`,
  );
  const files = rows.map(({ path }) => join(library, path));
  const all = readdirSync(library, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

  const words = ['exiftool', '-json', '-n', '-fast2', '-q', '-@', '-'];
  const exiftool = await measured('exiftool', words, { input: files.join('\n') });
  const theirs = (exiftool.cpu * 1000) / files.length;

  const indexer = house.startIndexer();
  await sleep(3000);
  const before = { all: indexer.seconds(), main: secondsOf(indexer.root, false) };
  const used = stopwatch({ postgres });
  for (let n = 0; n < rounds; n += 1) await redo(house, ['metadata']);
  const spent = { all: indexer.seconds() - before.all, main: secondsOf(indexer.root, false) - before.main };
  const ms = (seconds) => (seconds * 1000) / (files.length * rounds);
  const [whole, child, database] = [spent.all, spent.all - spent.main, used().postgres].map(ms);
  row('metadata', {
    what: `metadata, ${files.length} of ${all} files: reading, time per file`,
    text: `${child.toFixed(2)} ms`,
    value: child,
    target: Number((theirs / 20).toFixed(2)),
    unit: 'ms',
    peer: { name: 'exiftool -json -n -fast2, one process', text: `${theirs.toFixed(1)} ms`, value: theirs },
    more: { exiftool_s: exiftool.cpu, rounds },
  });
  row('metadata', {
    what: '… the stage: claim, read, place, counts, feed, index',
    text: `${whole.toFixed(2)} ms (Postgres ${database.toFixed(2)})`,
    value: whole,
  });
}
