/** English, one file per feature. */
import { auth } from './en/auth';
import { common } from './en/common';
import { libraries } from './en/libraries';
import { map } from './en/map';
import { search } from './en/search';
import { shell } from './en/shell';
import { timeline } from './en/timeline';
import { upload } from './en/upload';
import { viewer } from './en/viewer';

export const en = { auth, common, libraries, map, search, shell, timeline, upload, viewer };
