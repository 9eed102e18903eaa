/** How a photo is opened over a list, changed for its neighbour, and left again, in terms of the browser's history. */
import { goto } from '$app/navigation';
import { page } from '$app/state';

export function opener(list: string, hrefFor: (id: string) => string) {
  return {
    /** Back to the list: by history where the photo was opened from it, so that Forward opens it again. */
    close() {
      if (page.state.opened) history.back();
      else void goto(list, { replaceState: true, noScroll: true });
    },
    /** Shows another in its place; Back still leads to the list. */
    move(id: string) {
      void goto(hrefFor(id), { replaceState: true, noScroll: true, keepFocus: true, state: { ...page.state } });
    },
  };
}

/** For links to a photo anywhere: closing it leads back to where the link is. */
export function openHere(event: MouseEvent & { currentTarget: EventTarget | null }): void {
  const link = event.currentTarget;
  if (!(link instanceof HTMLAnchorElement)) return;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void goto(link.pathname + link.search, { noScroll: true, keepFocus: true, state: { opened: true } });
}
