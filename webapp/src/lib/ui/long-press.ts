/** A finger that rests on something: for what a mouse does by hovering. */

const LONG_MS = 450;
/** A finger that has moved so far scrolls. */
const FAR = 8;

export function longPress(act: () => void) {
  return (element: HTMLElement) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let [x, y, acted] = [0, 0, false];

    function down(event: PointerEvent) {
      if (event.pointerType === 'mouse') return;
      [x, y, acted] = [event.clientX, event.clientY, false];
      timer = setTimeout(() => {
        acted = true;
        act();
      }, LONG_MS);
    }
    const cancel = () => clearTimeout(timer);
    const move = (event: PointerEvent) => Math.hypot(event.clientX - x, event.clientY - y) > FAR && cancel();
    // Letting go is no click, and resting no wish for the browser's menu.
    function swallow(event: Event) {
      if (!acted) return;
      acted = event.type !== 'click' && acted;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    const listeners: [string, (event: never) => void][] = [
      ['pointerdown', down],
      ['pointermove', move],
      ['pointerup', cancel],
      ['pointercancel', cancel],
      ['contextmenu', swallow],
      ['click', swallow],
    ];
    for (const [name, listener] of listeners) element.addEventListener(name, listener as EventListener, true);
    return () => {
      cancel();
      for (const [name, listener] of listeners) element.removeEventListener(name, listener as EventListener, true);
    };
  };
}
