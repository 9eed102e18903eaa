import type { Camera } from './asset';

/** `FUJIFILM X-T4`, but `Canon EOS R5` rather than `Canon Canon EOS R5`. */
export function cameraName({ make, model }: Pick<Camera, 'make' | 'model'>): string | null {
  const [maker, name] = [make?.trim() ?? '', model?.trim() ?? ''];
  if (!name) return maker || null;
  const [first = ''] = maker.toLowerCase().split(/\s+/);
  return !maker || name.toLowerCase().startsWith(first) ? name : `${maker} ${name}`;
}
