import type { Palette } from './draw';

/** The outline's colours, read where it lies, so that they follow the theme there. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    water: of('--map-water'),
    land: of('--map-land'),
    border: of('--map-border'),
    label: of('--map-label'),
    fonts: { country: `500 11px ${style.fontFamily}`, city: `400 11px ${style.fontFamily}` },
  };
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
