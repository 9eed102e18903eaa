/** A text area as high as its words, also where the browser can't do that by itself. */
export function grows(text: () => string) {
  return (area: HTMLTextAreaElement): void => {
    void text();
    if (CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  };
}
