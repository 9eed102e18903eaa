import { assets } from './common';

/** Words of tags. */
export const tags = {
  title: 'Tags',
  none: {
    title: 'No tags yet',
    detail: 'Open a photo and add one to its words, or several photos’. Tags that files bring along come here, too.',
  },
  edit: 'Edit the tag',
  editOf: (tag: string) => `Edit ${tag}`,
  name: 'Name',
  hint: 'Write what it lies in before it: Places / Portugal. A name that is there already makes the two one.',
  noName: 'A tag needs a name.',
  colour: 'Colour',
  colours: {
    NONE: 'No colour',
    GREY: 'Grey',
    RED: 'Red',
    ORANGE: 'Orange',
    YELLOW: 'Yellow',
    GREEN: 'Green',
    TEAL: 'Teal',
    BLUE: 'Blue',
    PURPLE: 'Purple',
  },
  save: 'Save',
  delete: 'Delete',
  deleteTitle: (tag: string) => `Delete ${tag}?`,
  deleteDetail: (n: number) => `${assets(n)} lose it, and what lies below it. The photos stay.`,
  moved: (n: number) => `The tag is changed on ${assets(n)}`,
  deleted: (n: number) => `The tag is taken from ${assets(n)}`,
  undo: 'Undo',
  undone: 'Undone',
};
