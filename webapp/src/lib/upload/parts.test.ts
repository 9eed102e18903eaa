import { describe, expect, it } from 'vitest';
import { t } from '$lib/i18n/upload';
import { fromDrop, fromInput } from './collect';
import type { Entry } from './grab';
import { mayRetry, type Item, type Status } from './item';
import { readLeftovers, writeLeftovers } from './leftover';
import { Pace } from './pace';
import { preset } from './preset';
import { backOff, fromRefusal, problem, proxyLimit, type ProblemCode } from './problem';
import { summarise } from './summary';
import type { Target } from './upload.gql';

const entry = (name: string, content: Entry[] | string): Entry =>
  typeof content === 'string'
    ? { isFile: true, isDirectory: false, name, file: (found) => found(new File(['x'], name, { type: content })) }
    : { isFile: false, isDirectory: true, name, createReader: () => reader(content) };

/** As browsers do it: two at a time, then an empty piece. */
function reader(content: Entry[]) {
  const rest = [...content];
  return { readEntries: (found: (piece: Entry[]) => void) => found(rest.splice(0, 2)) };
}

describe('collecting', () => {
  it('walks folders to the ground and sorts out what is no picture', async () => {
    const gone: Entry = {
      isFile: true,
      isDirectory: false,
      name: 'gone.jpg',
      file: (_found, failed) => failed(new Error()),
    };
    const trip = entry('Trip', [
      entry('a.jpg', 'image/jpeg'),
      entry('RAW', [entry('b.CR3', ''), entry('.DS_Store', ''), entry('notes.txt', 'text/plain'), entry('scan', '')]),
      entry('app', [entry('main.ts', 'video/mp2t'), entry('main.ts', ''), entry('tape.M2TS', 'video/mp2t')]),
      entry('Thumbs.db', ''),
      entry('c.mov', 'video/quicktime'),
      gone,
    ]);
    const { picked, others, unreadable } = await fromDrop({ entries: [trip, entry('odd.xyz', '')], loose: [] });
    expect(picked.map(({ path }) => path)).toEqual([
      'Trip/a.jpg',
      'Trip/RAW/b.CR3',
      'Trip/RAW/scan',
      'Trip/app/tape.M2TS',
      'Trip/c.mov',
      'odd.xyz',
    ]);
    expect(others.map(({ path }) => path)).toEqual(['Trip/RAW/notes.txt', 'Trip/app/main.ts', 'Trip/app/main.ts']);
    expect(unreadable).toEqual(['Trip/gone.jpg']);
  });

  it('gives each picture the sidecar that lies beside it, and leaves out the others', async () => {
    const files = ['A.jpg', 'a.JPG.xmp', 'a.xmp', 'B.CR3', 'B.jpg', 'B.XMP', 'alone.xmp'].map((name) =>
      entry(name, ''),
    );
    const { picked, others } = await fromDrop({ entries: [entry('Trip', files), entry('loose.xmp', '')], loose: [] });
    expect(picked.map(({ path, sidecar }) => [path, sidecar?.name])).toEqual([
      ['Trip/A.jpg', 'a.JPG.xmp'],
      ['Trip/B.CR3', 'B.XMP'],
      ['Trip/B.jpg', 'B.XMP'],
    ]);
    expect(others.map(({ path }) => path)).toEqual(['Trip/a.xmp', 'Trip/alone.xmp', 'loose.xmp']);
  });

  it('takes chosen files as they are', () => {
    const chosen = Object.assign(new File(['x'], 'letter.doc'), { webkitRelativePath: '' });
    expect(fromInput([chosen]).picked).toHaveLength(1);
  });
});

describe('problems', () => {
  it('listens to the code first, then to the status', () => {
    const body = JSON.stringify({ code: 'NO_SPACE', message: 'The disk is full.' });
    expect(fromRefusal({ status: 500, body })).toEqual({
      code: 'no-space',
      consequence: 'pause',
      message: 'The disk is full.',
    });
    expect(fromRefusal({ status: 503, body: '<html>' })).toMatchObject({ code: 'offline', consequence: 'wait' });
    const away = JSON.stringify({ code: 'UNAVAILABLE', message: 'the database is not there right now; try again' });
    expect(fromRefusal({ status: 503, body: away })).toMatchObject({ code: 'offline', consequence: 'wait' });
    expect(fromRefusal({ status: 500, body: '' })).toMatchObject({ consequence: 'retry' });
    const text = JSON.stringify({ code: 'NOT_MEDIA', message: 'the file is neither a picture nor a film' });
    expect(fromRefusal({ status: 415, body: text })).toEqual({
      code: 'not-media',
      consequence: 'fail',
      message: 'the file is neither a picture nor a film',
    });
    expect(fromRefusal({ status: 418, body: '[]' })).toMatchObject({ code: 'unknown', consequence: 'fail' });
  });

  it('knows a proxy that refuses a large piece from a server that refuses a large file', () => {
    expect(proxyLimit({ status: 413, body: '<h1>Request Entity Too Large</h1>' })).toBe(true);
    expect(proxyLimit({ status: 413, body: '{"code":"TOO_LARGE","message":"…"}' })).toBe(false);
  });

  it('waits longer each time, up to a minute', () => {
    expect([1, 2, 3, 4, 20].map((tries) => backOff(tries, 0.5))).toEqual([1000, 2000, 4000, 8000, 60_000]);
    expect(backOff(1, 0)).toBe(750);
  });
});

function item(id: number, status: Status, size = 100, progress = 0): Item {
  const file = Object.defineProperty(new File([], `${id}.jpg`), 'size', { value: size });
  return {
    ...{
      id,
      file,
      path: `${id}.jpg`,
      libraryId: 'library_1',
      fingerprint: `f${id}`,
      status,
      sha1: null,
      sidecar: null,
    },
    ...{ progress, attempts: 0, retryAt: 0, assetId: null, foundIn: null, problem: null, keptUntil: null },
  };
}

describe('what the screen tells', () => {
  it('sums up files and bytes', () => {
    const items = [
      item(1, 'done'),
      item(2, 'sending', 100, 40),
      item(3, 'failed'),
      item(4, 'cancelled'),
      item(5, 'duplicate'),
    ];
    const summary = summarise([...items, item(6, 'ready', 100, 10), item(7, 'hashing', 100, 90)]);
    expect(summary).toMatchObject({ total: 6, ended: 3, bytes: 600, bytesDone: 350, bytesRead: 590, active: true });
    expect(summary.arrived.map(({ id }) => id)).toEqual([5, 1]);
    expect(summarise(items.filter(({ id }) => id !== 2)).active).toBe(false);
  });

  it('offers another try only where it may end in another way', () => {
    const failed = (id: number, code: ProblemCode) => ({ ...item(id, 'failed'), problem: problem(code) });
    const hopeless = [failed(1, 'empty'), failed(2, 'not-media')];
    expect(hopeless.map(mayRetry)).toEqual([false, false]);
    expect(summarise(hopeless)).toMatchObject({ counts: { failed: 2 }, retryable: 0 });
    expect(summarise([...hopeless, failed(3, 'broken'), item(4, 'done')]).retryable).toBe(1);
    expect([item(5, 'cancelled'), item(6, 'done')].map(mayRetry)).toEqual([true, false]);
  });

  it('says how many in sentences that fit', () => {
    expect(t.upload.said(0, 1, 0)).toBe('Upload finished: 0 added, 1 was already here');
    expect(t.upload.said(3, 2, 1)).toBe('Upload finished: 3 added, 2 were already here, 1 failed');
  });

  it('tells the pace of the last seconds, not of all time', () => {
    const pace = new Pace();
    for (let t = 0; t <= 10_000; t += 500) pace.note(t, t);
    expect(pace.speed).toBeCloseTo(1000);
    for (let t = 10_500; t <= 30_000; t += 500) pace.note(10_000 + (t - 10_000) * 3, t);
    expect(pace.speed).toBeCloseTo(3000);
    expect(pace.left(6000)).toBeCloseTo(2);
    pace.note(0, 31_000);
    expect(pace.speed).toBeNull();
  });
});

describe('leftovers', () => {
  const shelf = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
      kept,
    };
  };

  const DAY = 24 * 3600 * 1000;

  it('remembers what was open, until it is picked again or too old', () => {
    const s = shelf();
    writeLeftovers(s, [item(1, 'done'), item(2, 'sending'), item(3, 'ready')], [], 1000);
    const left = readLeftovers(s, 2000);
    expect(left.map(({ path }) => path)).toEqual(['2.jpg', '3.jpg']);
    expect(readLeftovers(s, 999 + 7 * DAY)).toHaveLength(2);
    expect(readLeftovers(s, 1000 + 7 * DAY)).toEqual([]);
    writeLeftovers(s, [item(2, 'done')], left, 3000);
    expect(readLeftovers(s, 4000).map(({ path }) => path)).toEqual(['3.jpg']);
    writeLeftovers(s, [item(2, 'done'), item(3, 'cancelled')], left, 3000);
    expect(s.kept.size).toBe(0);
  });

  it('remembers what was begun for as long as the server says that it keeps it, also in later visits', () => {
    const s = shelf();
    writeLeftovers(
      s,
      [
        { ...item(1, 'sending'), keptUntil: 2 * DAY },
        { ...item(2, 'ready'), keptUntil: 30 * DAY },
      ],
      [],
      0,
    );
    writeLeftovers(s, [], readLeftovers(s, DAY), DAY);
    expect(readLeftovers(s, 2 * DAY - 1)).toHaveLength(2);
    expect(readLeftovers(s, 2 * DAY).map(({ path }) => path)).toEqual(['2.jpg']);
    expect(readLeftovers(s, 30 * DAY)).toEqual([]);
  });

  it('shrugs at notes of an older kind', () => {
    const s = shelf();
    s.setItem('tessera:uploads', JSON.stringify([{ fingerprint: 'f1', path: '1.jpg', size: 1, at: 1000 }, null]));
    expect(readLeftovers(s, 2000)).toEqual([]);
  });
});

describe('where uploads go', () => {
  const library = (id: string, role: Target['role'], folders: number): Target => ({
    ...{ id, name: id, role },
    folders: Array.from({ length: folders }, (_, i) => ({ id: `folder_${i}` })),
  });
  const [watched, theirs, own, second] = [
    library('watched', 'OWNER', 1),
    library('theirs', 'EDITOR', 0),
    library('own', 'OWNER', 0),
    library('second', 'OWNER', 0),
  ];

  it.each([
    ['chosen last', [watched, theirs, own], 'theirs', 'theirs'],
    ['their own, which no folder fills', [watched, theirs, own, second], null, 'own'],
    ['their own where what they chose is gone', [watched, theirs, own], 'gone', 'own'],
    ['the first where all else is filled by folders', [watched, theirs], null, 'watched'],
    ['nowhere', [], null, null],
  ])('is the library %s', (_, targets, chosen, id) => {
    expect(preset(targets, chosen)?.id ?? null).toBe(id);
  });
});
