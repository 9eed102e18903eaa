/** Whether the memory of the children that decode stays the same, however many files they have read and rendered. */
import { join } from 'node:path';
import { inHouse, sleep } from '../lib/house.mjs';
import { Watch } from '../lib/meter.mjs';
import { redo } from '../lib/redo.mjs';
import { number, row } from '../lib/report.mjs';

const library = process.env.TESSERA_TESTDATA && join(process.env.TESSERA_TESTDATA, 'library');

export async function run({ files }) {
  if (!library) return console.log('(no test library: memory is left out)');
  await inHouse('memory', (house) => watched(house, files));
}

async function watched(house, files) {
  house.startApi();
  await house.ready();
  await house.signIn();
  await house.stop('api');
  await house.start('import', 'tessera-indexer', 'import', library, '--owner', 'bench@example.org').ended;
  const each = await house.one(
    `select count(*)::int from stages where stage = 'renditions' and state = 'done'`,
  );
  const indexer = house.startIndexer();
  await sleep(3000);
  const peaks = [];
  for (let done = 0; done < files; done += each) {
    const watch = new Watch([indexer]);
    await redo(house, ['metadata', 'renditions']);
    peaks.push(watch.stop().peak);
  }
  // The first round fills what is kept for reuse.
  const [, second] = peaks;
  const [early, late] = [second ?? peaks[0], Math.max(...peaks.slice(-2))];
  row('memory', {
    what: `metadata and pictures of ${number(peaks.length * each)} files of all kinds: peak of the last thousand (PSS)`,
    text: `${Math.round(late)} MB (of the second round ${Math.round(early)} MB)`,
    value: late,
    target: Math.round(early * 1.1),
    unit: 'MB',
    more: { peaks },
  });
}
