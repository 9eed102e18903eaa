/** Words of folders as they lie on disk. */
export const folders = {
  title: 'Folder',
  way: 'The way to this folder',
  libraries: 'Libraries',
  parts: 'Folders in this one',
  open: 'See what is in it',
  none: {
    title: 'Nothing to show lies here',
    detail: 'The folder may be empty, not imported yet, or not yours to see.',
  },
};
