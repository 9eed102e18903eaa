import { count } from '../format';
import { assets } from './common';

export const share = {
  title: 'Shared photos',
  facts: (n: number | null, by: string) => (n === null ? `Shared by ${by}` : `${assets(n)} · shared by ${by}`),
  save: 'Save',
  password: {
    title: 'This link has a password',
    detail: 'Ask whoever sent you the link for it.',
    label: 'Password',
    action: 'Show the photos',
    wrong: 'That is not the password of this link',
  },
  gone: {
    title: 'This link shows nothing any more',
    detail: 'It was revoked, its time is over, or a part of its address is missing. Ask whoever sent it for a new one.',
  },
  empty: { title: 'Nothing is here yet', detail: 'Come back later: what is added shows up at this address.' },
  collect: {
    action: 'Add photos',
    progress: 'How far your photos are sent',
    state: (done: number, total: number) =>
      done === total ? `${assets(done)} sent. Thank you` : `${count(done)} of ${assets(total)} sent`,
    failed: (names: string, n: number) => `Not taken: ${names}${n > 3 ? ' …' : ''}. Is it a photo or a film?`,
  },
  viewer: {
    photo: (name: string) => (name ? `Photo ${name}` : 'Photo'),
    film: (name: string) => (name ? `Film ${name}` : 'Film'),
    close: 'Back to the photos',
    previous: 'Previous photo',
    next: 'Next photo',
    save: 'Save',
  },
};
