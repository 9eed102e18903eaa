/** What `webkitGetAsEntry` gives, cut down to what is used here. */
export interface Entry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
  file?(found: (file: File) => void, failed: (error: Error) => void): void;
  createReader?(): { readEntries(found: (entries: Entry[]) => void, failed: (error: Error) => void): void };
}

export interface Grabbed {
  entries: Entry[];
  /** From browsers that know no entries. */
  loose: File[];
}

/** Takes hold of a drop. Must be called in the event itself; afterwards the browser has forgotten what was dropped. */
export function grab(transfer: DataTransfer): Grabbed {
  const entries: Entry[] = [];
  const loose: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry() as Entry | null;
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    else if (file) loose.push(file);
  }
  return { entries, loose };
}

/** True where a drag carries files. */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
