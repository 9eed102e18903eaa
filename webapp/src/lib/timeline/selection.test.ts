import { describe, expect, it } from 'vitest';
import { Selection } from './selection.svelte';

const picked = (selection: Selection) => [...selection.ids].sort();

describe('a selection', () => {
  it('takes and gives back single ones and whole days', () => {
    const selection = new Selection();
    selection.toggle('a');
    selection.toggleAll(['a', 'b']);
    expect(picked(selection)).toEqual(['a', 'b']);
    selection.toggleAll(['a', 'b']);
    expect(selection.any).toBe(false);
    selection.toggle('c');
    selection.toggle('c');
    expect(selection.has('c')).toBe(false);
  });

  it('goes on from the last one that was picked, in either direction', () => {
    const list = ['a', 'b', 'c', 'd', 'e'];
    const selection = new Selection();
    selection.toggle('d');
    selection.span('b', list);
    expect(picked(selection)).toEqual(['b', 'c', 'd']);
    selection.span('e', list);
    expect(picked(selection)).toEqual(['b', 'c', 'd', 'e']);
  });

  it('takes a single one where the other end is not in the list', () => {
    const selection = new Selection();
    selection.toggle('z');
    selection.span('b', ['a', 'b']);
    expect(picked(selection)).toEqual(['b', 'z']);
    selection.clear();
    selection.span('b', ['a', 'b']);
    expect(picked(selection)).toEqual(['b']);
  });
});
