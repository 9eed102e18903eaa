import { describe, expect, it, test } from 'vitest';
import { filmProblemOf, notesOf, problemOf } from './diagnosis';

const cut = 'the file is damaged: it ends too early';
const whole = 'the file is damaged: its pieces overlap';
const ending = 'its name ends in .png, but it is a JPEG, and is treated as one';
const words = (note: string) => note.charAt(0).toUpperCase() + note.slice(1);

describe('a file that can’t be shown', () => {
  test.each([
    ['has met two signs of one damage', cut, [whole], [words(cut)]],
    ['has the same in its notes', cut, [cut], [words(cut)]],
    ['is odd in other ways, too', cut, [ending, 'the file’s structure is damaged'], [words(cut), words(ending)]],
    ['is of a kind to come', 'not readable yet: JPEG XL', [], ['JPEG XL']],
  ])('and %s has one reason, on the stage and in the panel', (_, problem, notes, told) => {
    const asset = { state: 'UNREADABLE' as const, problem, notes };
    expect(notesOf(asset)).toEqual(told);
    expect(problemOf(asset)).toBe(told[0]);
  });

  it('has its notes alone where the server knows no reason', () => {
    const asset = { state: 'UNREADABLE' as const, problem: null, notes: [whole] };
    expect([problemOf(asset), notesOf(asset)]).toEqual([null, [words(whole)]]);
  });
});

test.each(['READY', 'PENDING'] as const)('a file that is %s keeps all of its notes and has no problem', (state) => {
  const asset = { state, problem: 'the disk gave an error', notes: [cut, ending] };
  expect([problemOf(asset), notesOf(asset)]).toEqual([null, [words(cut), words(ending)]]);
});

describe('a film that does not play', () => {
  const playback = (state: 'FAILED' | 'ORIGINAL', reason: string | null) => ({
    state,
    reason,
    variant: 'original',
    progress: null,
    stream: null,
    streamSizes: [],
  });
  const film = { state: 'READY' as const, problem: null };

  test.each([
    ['is damaged', [cut], playback('ORIGINAL', null), words(cut)],
    ['is damaged and could not be made anew', [ending, cut], playback('FAILED', 'no picture came'), words(cut)],
    ['could not be made anew', [ending], playback('FAILED', 'no picture came'), 'No picture came'],
    ['is left as it is', [ending], playback('ORIGINAL', 'it plays everywhere'), null],
    ['is nothing that the server knows of', [], null, null],
  ])('and %s says so', (_, notes, plays, told) => {
    expect(filmProblemOf({ ...film, notes, playback: plays })).toBe(told);
  });
});
