import { count } from '../format';

export const shell = {
  name: 'Tessera',
  nav: {
    label: 'Main',
    photos: 'Photos',
    search: 'Search',
    map: 'Map',
    libraries: 'Libraries',
    uploads: 'Uploads',
    shelves: 'More places',
    favourites: 'Favourites',
    archive: 'Archive',
    trash: 'Trash',
    locked: 'Locked folder',
    settings: 'Settings',
    upload: 'Upload',
    collapse: 'Collapse the side bar',
    expand: 'Expand the side bar',
    account: (name: string) => `${name}: settings and sign out`,
    signOut: 'Sign out',
  },
  away: 'Tessera’s server can’t be reached. Trying again…',
  skip: 'Skip to the photos',
  foot: {
    importing: (fresh: number, checked: number) => `Importing… ${count(fresh)} new, ${count(checked)} checked`,
    looking: (checked: number) => (checked ? `Looking… ${count(checked)} checked` : 'Looking for photos…'),
    preparing: (left: number) => `Preparing pictures… ${count(left)} left`,
    buried: (n: number) => `${count(n)} ${n === 1 ? 'file needs' : 'files need'} a look`,
    offline: (n: number) => `${count(n)} ${n === 1 ? 'folder is' : 'folders are'} offline`,
    stored: (assets: string, size: string) => `${assets} · ${size}`,
  },
  notFound: {
    title: 'This page doesn’t exist',
    detail: 'The address may be mistyped or old.',
    action: 'Go to your photos',
  },
};
