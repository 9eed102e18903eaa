/** A tile grows into the viewer and shrinks back: movement from where the thing is. */

const MOVE: KeyframeAnimationOptions = { duration: 200, easing: 'ease-out' };

/** Lets the picture grow from its tile; without one the viewer just fades in. */
export function grow(viewer: HTMLElement, tile: DOMRect | null): void {
  if (calm()) return;
  // The stage is measured with the first frame, which would show the picture at its goal already.
  viewer.style.opacity = '0';
  requestAnimationFrame(() => {
    viewer.style.opacity = '';
    viewer.animate({ backgroundColor: ['transparent', 'black'] }, MOVE);
    const picture = shown(viewer);
    if (picture && tile) picture.animate({ transform: [onto(picture, tile), 'none'] }, MOVE);
    else viewer.animate({ opacity: [0, 1] }, MOVE);
  });
}

/** The way back; resolves when the viewer may go. */
export async function shrink(viewer: HTMLElement, tile: DOMRect | null): Promise<void> {
  if (calm()) return;
  const picture = shown(viewer);
  const end: KeyframeAnimationOptions = { ...MOVE, fill: 'forwards' };
  if (picture && tile) {
    viewer.animate({ backgroundColor: 'transparent' }, end);
    await picture.animate({ transform: onto(picture, tile) }, end).finished;
  } else await viewer.animate({ opacity: 0 }, { ...end, duration: 120 }).finished;
}

function shown(viewer: HTMLElement): HTMLElement | null {
  return viewer.querySelector('[data-slide="0"] .picture');
}

/** The transform that lays the picture exactly on its tile, whatever transform it has now. */
function onto(picture: HTMLElement, tile: DOMRect): string {
  const parent = picture.parentElement?.getBoundingClientRect();
  if (!parent || picture.offsetWidth === 0) return 'none';
  const x = tile.left + tile.width / 2 - (parent.left + parent.width / 2);
  const y = tile.top + tile.height / 2 - (parent.top + parent.height / 2);
  return `translate(${x}px, ${y}px) scale(${tile.width / picture.offsetWidth}, ${tile.height / picture.offsetHeight})`;
}

function calm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
