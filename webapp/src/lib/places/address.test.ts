import { expect, it } from 'vitest';
import { countryCode, countryHref, keyOf } from './address';

it('leads to a country and back', () => {
  expect(countryHref('PT')).toBe('/places/pt');
  expect(countryCode('pt')).toBe('PT');
  for (const wrong of ['', 'p', 'por', '12', 'p%']) expect(countryCode(wrong)).toBeNull();
});

it('tells places of one name apart', () => {
  const lagos = [
    { countryCode: 'NG', region: 'Lagos', name: 'Lagos' },
    { countryCode: 'PT', region: 'Faro', name: 'Lagos' },
    { countryCode: 'PT', region: null, name: 'Lagos' },
  ];
  expect(new Set(lagos.map(keyOf)).size).toBe(3);
});
