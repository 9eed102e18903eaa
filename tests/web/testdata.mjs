// Real photographs, and what exiftool says about them.
import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const testdata = process.env.TESSERA_TESTDATA ?? '';
export const library = join(testdata, 'library');

/** The folders of the test library that the system imports. */
const FOLDERS = ['Phones', 'Cameras', 'Videos', 'Albums/4MinsAroundTheWorld', 'Albums/Animals and food', 'Albums/nature'];
/** Kept back, to come later. */
export const kept = {
  dropped: 'Albums/Washington',
  uploads: 'Albums/Transylvania 2015',
};

/** Copies them into a folder of its own, which tests may change. */
export function fill(target) {
  for (const folder of FOLDERS) cpSync(join(library, folder), join(target, folder), { recursive: true });
}

/** Absolute paths of the files of a folder of the test library. */
export function filesOf(folder) {
  const within = readdirSync(join(library, folder), { recursive: true, withFileTypes: true });
  return within.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

export function copyTo(path, target) {
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(path, target);
}

/** Pictures that know no date: a copy of one belongs to today, which is on top. */
export const undated = ['IMG_20180725_163423-1.png', 'tweethog.png'].map((name) => join(library, 'Screenshots and graphics', name));

/** exiftool's answer about a file of the library. */
export function expected(path) {
  const found = lines('expected.jsonl').map((line) => JSON.parse(line)).find((entry) => entry.path === `library/${path}`);
  if (!found) throw new Error(`expected.jsonl knows nothing of ${path}`);
  return found;
}

/** exiftool's place for a file of the library. */
export function place(path) {
  const [names, ...rows] = lines('geo.tsv').map((line) => line.split('\t'));
  const row = rows.find(([first]) => first === `library/${path}`);
  if (!row) throw new Error(`geo.tsv knows nothing of ${path}`);
  return Object.fromEntries(names.map((name, i) => [name, row[i]]));
}

/** Live Photos in the folders that are imported: their films are shown beneath them. */
export function livePhotos() {
  const rows = lines('pairs.tsv').map((line) => line.split('\t'));
  return rows.filter(([kind, picture]) => kind.startsWith('live-photo') && FOLDERS.some((folder) => picture.startsWith(`library/${folder}/`))).length;
}

const lines = (name) => readFileSync(join(testdata, name), 'utf8').trim().split('\n');

/** A photograph that takes a while to send: a real one with so many arbitrary bytes behind its end. */
export function large(path, target, megabytes) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, Buffer.concat([readFileSync(path), randomBytes(megabytes * 1_000_000)]));
  return target;
}
