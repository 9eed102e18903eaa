/** What the roles in a library let somebody do; the server decides, this shows. */

/** Whether who is this in a library adds to it and changes what is in it. */
export const mayChange = (role: string): boolean => role === 'EDITOR' || role === 'OWNER';
