/** A small preference that this browser keeps. */
export function remembered<T>(key: string, initial: T): { value: T } {
  const name = `tessera.${key}`;
  let value = $state(read(name, initial));
  return {
    get value() {
      return value;
    },
    set value(next: T) {
      value = next;
      try {
        localStorage.setItem(name, JSON.stringify(next));
      } catch {
        // Storage may be refused (private windows): the preference then lasts as long as the page.
      }
    },
  };
}

function read<T>(name: string, initial: T): T {
  try {
    const text = localStorage.getItem(name);
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}
