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
