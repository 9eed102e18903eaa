/** MapLibre as the ground beneath our own layers: nobody touches it, and it shows what our camera shows. */

import { Map as Canvas, setWorkerUrl, type ErrorEvent, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Failure, Setting } from '../below.svelte';
import { coloursOf, type Colours } from '../palette';
import { unproject } from '../projection';
import { MAX_ZOOM, type View } from '../view';
import { openArchive, type Archive } from './archive';
import { readable } from './colours';

export interface Surface {
  show(view: View): void;
  recolour(colours: Colours): void;
}

export interface Heard {
  drawn(): void;
  /** A part of it did not come. */
  missed(): void;
  owed(credits: readonly string[]): void;
  fail(failure: Failure): void;
}

// A file of ours: pages may start no worker from anywhere else.
setWorkerUrl(workerUrl);

/** Lays the ground that was set; it is taken up again when `signal` says so. Rejects where that can't be. */
export async function lay(
  element: HTMLElement,
  setting: Setting,
  view: View,
  heard: Heard,
  signal: AbortSignal,
): Promise<Surface> {
  const archive = setting.kind === 'file' ? await openArchive(setting.url) : null;
  signal.throwIfAborted();
  const styleIn = (colours: Colours) => archive?.style(readable(colours), document.documentElement.lang);
  const canvas = new Canvas({
    container: element,
    style: styleIn(coloursOf(element)) ?? setting.url,
    ...placeOf(view),
    interactive: false,
    attributionControl: false,
    maxZoom: MAX_ZOOM,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
  });
  signal.addEventListener('abort', () => canvas.remove(), { once: true });
  listen(canvas, archive, heard);
  return {
    show(now) {
      canvas.jumpTo(placeOf(now));
      // Now, not with the next frame: pins move in this one.
      canvas.redraw();
    },
    recolour(colours) {
      const style = styleIn(colours);
      if (style) canvas.setStyle(style);
    },
  };
}

function listen(canvas: Canvas, archive: Archive | null, heard: Heard): void {
  let stands = false;
  const owe = () => heard.owed(archive ? archive.credits : creditsOf(canvas));
  canvas.once('load', () => {
    stands = true;
    owe();
    heard.drawn();
  });
  canvas.on('idle', owe);
  canvas.on('error', (event) => {
    if (stands || isOfTile(event)) heard.missed();
    // Without its list of sources, or the list of tiles of one, there is no map. Symbols it can do without.
    else if (!archive && (!canvas.isStyleLoaded() || 'sourceId' in event)) heard.fail('style');
  });
}

function isOfTile(event: ErrorEvent): boolean {
  return 'tile' in event && event.tile !== undefined;
}

/** Zoom counts the same here and there. */
function placeOf(view: View): { center: [number, number]; zoom: number } {
  const { lng, lat } = unproject(view);
  return { center: [lng, lat], zoom: view.zoom };
}

/** What the sources of a style ask to be told. */
function creditsOf(canvas: Canvas): string[] {
  const style: StyleSpecification | undefined = canvas.getStyle();
  const told = Object.keys(style?.sources ?? {}).map((id) => {
    const source = canvas.getSource(id);
    return source && 'attribution' in source && typeof source.attribution === 'string' ? source.attribution : '';
  });
  return [...new Set(told)].filter((credit) => credit !== '');
}
