/** The command that has a folder of the server imported into a library, ready to be pasted into a shell. */
import { t } from '$lib/i18n/libraries';

/** Where there is one library it could go without saying; where there are several, photos would go into the first. */
export function importCommand(library: string, email: string): string {
  // A name that begins with a dash would be taken for an option of its own.
  const name = `${library.startsWith('-') ? '=' : ' '}${quoted(library)}`;
  return t.libraries.folder.command(name, plain(email) ? email : quoted(email));
}

/** As one word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Means itself in a shell. */
function plain(text: string): boolean {
  return /^[\w@%+:,./][\w@%+=:,./-]*$/.test(text);
}
