/** Rows of the report, the table for people and the JSON for machines. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const rows = [];

/**
 * Adds a row: `what`, `text` (our figure in words), `value` (the number itself), and as far as they are there `target`
 * (a number), `atLeast` (it is a lower bound), `unit`, `peer` (name and figure), `immich`, `more` (for the JSON).
 */
export function row(part, given) {
  const { value, target, atLeast } = given;
  const met = target === undefined ? null : atLeast ? value >= target : value <= target;
  const made = { part, ...given, met };
  rows.push(made);
  print([made]);
}

const COLUMNS = [
  ['what', 58, (row) => row.what],
  ['Tessera', 34, (row) => row.text],
  [
    'target',
    13,
    (row) => (row.target === undefined ? '' : `${row.atLeast ? '≥' : '≤'} ${number(row.target)} ${row.unit ?? ''}`),
  ],
  ['met?', 4, (row) => (row.met === null ? '' : row.met ? 'yes' : 'NO')],
  ['peer, measured in this run', 38, (row) => (row.peer ? `${row.peer.name}: ${row.peer.text}` : '')],
  ['[Immich 2.4.1, a constant]', 30, (row) => (row.immich ? `[${row.immich}]` : '')],
];

export const number = (value, digits = 0) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 1 ? Math.max(digits, 2) : digits });

const line = (cells) =>
  console.log(
    cells
      .map((cell, n) => cell.padEnd(COLUMNS[n][1]))
      .join('  ')
      .trimEnd(),
  );

export function heading() {
  line(COLUMNS.map(([name]) => name));
  line(COLUMNS.map(([, width]) => '─'.repeat(width)));
}

function print(some) {
  for (const one of some) line(COLUMNS.map(([, , cell]) => cell(one)));
}

/** The whole table once more, and how many targets were met. */
export function table() {
  heading();
  let part = null;
  for (const one of rows) {
    if (part !== null && part !== one.part) console.log('');
    part = one.part;
    print([one]);
  }
  const aims = rows.filter((one) => one.met !== null);
  const missed = aims.filter((one) => !one.met);
  console.log(`\n${aims.length - missed.length} of ${aims.length} targets met`);
  for (const one of missed) console.log(`MISSED: ${one.what}: ${one.text} (target ${one.target} ${one.unit ?? ''})`);
}

export function save(path, conditions) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ conditions, rows }, null, 2)}\n`);
}
