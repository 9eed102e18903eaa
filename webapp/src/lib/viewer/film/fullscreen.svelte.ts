/** The viewer on the whole screen, with all its controls; on iPhones, which can do so only for films, the film alone. */

type Alone = HTMLVideoElement & { webkitEnterFullscreen?: () => void };

class Fullscreen {
  on = $state(false);

  /** False where the browser has no such thing. */
  readonly possible =
    typeof document !== 'undefined' &&
    (document.fullscreenEnabled === true || 'webkitEnterFullscreen' in HTMLVideoElement.prototype);

  /** Keeps up with the browser, which leaves by itself on Escape. */
  follow = (): (() => void) => {
    const read = () => (this.on = document.fullscreenElement !== null);
    read();
    document.addEventListener('fullscreenchange', read);
    return () => document.removeEventListener('fullscreenchange', read);
  };

  toggle(whole: HTMLElement | null | undefined): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (!document.fullscreenEnabled) whole?.querySelector<Alone>('video')?.webkitEnterFullscreen?.();
    // A browser that refuses leaves all as it is.
    else whole?.requestFullscreen().catch(() => undefined);
  }
}

export const fullscreen = new Fullscreen();
