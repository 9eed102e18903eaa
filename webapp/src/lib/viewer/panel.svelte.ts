/** Whether the viewer's information is open; the choice holds from picture to picture and from visit to visit. */

const KEY = 'tessera:viewer-panel';

class Panel {
  open = $state(remembered());

  toggle = (): void => {
    this.open = !this.open;
    try {
      localStorage.setItem(KEY, this.open ? 'open' : 'closed');
    } catch {
      // Without storage it is forgotten, no more.
    }
  };
}

/** On phones the sheet covers the picture, so there it always starts closed. */
function remembered(): boolean {
  try {
    return matchMedia('(min-width: 720px)').matches && localStorage.getItem(KEY) === 'open';
  } catch {
    return false;
  }
}

export const panel = new Panel();
