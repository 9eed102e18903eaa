/** From a drop or a file dialog to files with their paths. */

import { withSidecars } from './beside';
import { ENDINGS } from './endings.gen';
import type { Entry, Grabbed } from './grab';
import type { Picked } from './item';

export interface Collected {
  picked: Picked[];
  /** Files of a folder that do not look like pictures or films. */
  others: Picked[];
  /** Paths that could not be read. */
  unreadable: string[];
}

const endings = new Set(ENDINGS);
/** What browsers take TypeScript for, so only the ending tells such a film. */
const DOUBTFUL = 'video/mp2t';
const HIDDEN = new Set(['thumbs.db', 'desktop.ini', 'icon\r']);

/** Walks what was dropped; what was dropped by itself is always taken, what lies in folders if it looks like a picture or film. */
export async function fromDrop({ entries, loose }: Grabbed): Promise<Collected> {
  const collected: Collected = { picked: loose.map((file) => ({ file, path: file.name })), others: [], unreadable: [] };
  for (const entry of entries) await walk(entry, '', collected);
  return withSidecars(collected);
}

/** Reads a file or folder dialog. */
export function fromInput(files: Iterable<File>): Collected {
  const collected: Collected = { picked: [], others: [], unreadable: [] };
  for (const file of files) {
    const inFolder = file.webkitRelativePath !== '';
    keep(file, inFolder ? file.webkitRelativePath : file.name, inFolder, collected);
  }
  return withSidecars(collected);
}

async function walk(entry: Entry, folder: string, collected: Collected): Promise<void> {
  const path = folder + entry.name;
  try {
    if (entry.isDirectory) {
      for (const child of await children(entry)) await walk(child, `${path}/`, collected);
    } else {
      const file = await new Promise<File>((found, failed) => entry.file?.(found, failed));
      keep(file, path, folder !== '', collected);
    }
  } catch {
    collected.unreadable.push(path);
  }
}

/** Browsers hand out a folder in pieces of a hundred, and an empty piece at the end. */
async function children(folder: Entry): Promise<Entry[]> {
  const reader = folder.createReader?.();
  const all: Entry[] = [];
  for (;;) {
    const piece = await new Promise<Entry[]>((found, failed) =>
      reader ? reader.readEntries(found, failed) : found([]),
    );
    if (piece.length === 0) return all;
    all.push(...piece);
  }
}

function keep(file: File, path: string, inFolder: boolean, collected: Collected): void {
  if (!inFolder) collected.picked.push({ file, path });
  else if (hidden(path)) return;
  else (looksRight(file) ? collected.picked : collected.others).push({ file, path });
}

function hidden(path: string): boolean {
  return path
    .split('/')
    .some((part) => part.startsWith('.') || part === '__MACOSX' || part === '@eaDir' || HIDDEN.has(part.toLowerCase()));
}

function looksRight({ name, type }: File): boolean {
  const dot = name.lastIndexOf('.');
  if (dot >= 0 && endings.has(name.slice(dot + 1).toLowerCase())) return true;
  if (type === '') return dot < 0;
  return type !== DOUBTFUL && (type.startsWith('image/') || type.startsWith('video/'));
}
