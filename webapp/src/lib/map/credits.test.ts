import { expect, it } from 'vitest';
import { pieces } from './credits';

it('takes words and links to pages of what a map’s makers wrote, and nothing else', () => {
  expect(pieces('&copy; <a href="https://openstreetmap.org/copyright" target=_blank>OpenStreetMap</a>')).toEqual([
    { text: '© ', href: null },
    { text: 'OpenStreetMap', href: 'https://openstreetmap.org/copyright' },
  ]);
  expect(pieces("Tiles\n <b>by</b> <A HREF='https://example.org/?a=1&amp;b=2'>A &#38; B</A>, all")).toEqual([
    { text: 'Tiles ', href: null },
    { text: 'by', href: null },
    { text: ' ', href: null },
    { text: 'A & B', href: 'https://example.org/?a=1&b=2' },
    { text: ', all', href: null },
  ]);
  for (const href of ['javascript:alert(1)', 'java&#115;cript:alert(1)', '/relative', 'data:text/html,x'])
    expect(pieces(`<a href="${href}">x</a><img src=x onerror=alert(1)>`)).toEqual([{ text: 'x', href: null }]);
  expect(pieces('')).toEqual([]);
  expect(pieces('a &unknown; &#99999999; < b')).toEqual([{ text: 'a &unknown; &#99999999; < b', href: null }]);
});
