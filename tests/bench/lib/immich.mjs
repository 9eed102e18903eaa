/** Immich 2.4.1, measured once on two cores with the same photographs and as many assets. Constants, not measured here. */
export const immich = {
  importCpu: '0.30 s',
  importMemory: '1,300 MB',
  idleMemory: '650 MB',
  start: '8.2 s',
  counts: '92 ms',
  month: '74 ms, 208 KB',
  search: '80 ms',
  map: '386 ms, 3.3 MB',
  thumbnails: '520/s on two cores with load generator',
};

/** A figure beside ours of a larger library. */
export const at100k = (figure) => `${figure} at 100,000`;
