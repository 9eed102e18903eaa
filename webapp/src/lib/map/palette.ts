import './palette.css';
import type { Palette } from './draw';

/** The colours of the ground, read where it lies, so that they follow the theme there. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return {
    ...coloursOf(element),
    fonts: { country: `500 11px ${style.fontFamily}`, city: `400 11px ${style.fontFamily}` },
  };
}

const NAMES = ['water', 'land', 'border', 'label', 'green', 'road', 'built'] as const;

export type Colours = Record<(typeof NAMES)[number], string>;

/** As CSS has them, which need not be as everybody reads them: `oklch(…)`. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: (typeof NAMES)[number]) => [name, style.getPropertyValue(`--map-${name}`).trim()] as const;
  return Object.fromEntries(NAMES.map(of)) as Colours;
}

/** Calls when the theme changes. */
export function onTheme(changed: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  query.addEventListener('change', changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style', 'data-theme'] });
  return () => {
    query.removeEventListener('change', changed);
    observer.disconnect();
  };
}
