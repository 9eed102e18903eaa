/** One file by tus: small ones in a single request, larger ones so that they go on from any byte. */

import { DetailedError, Upload, type HttpRequest, type HttpResponse } from 'tus-js-client';
import { preflight } from '$lib/api/client';
import { hexToBase64 } from './base64';
import type { Item } from './item';
import { pieceSize, shrinkPieces } from './pieces';
import { fromRefusal, problem, proxyLimit, UploadError } from './problem';
import type { Sent } from './queue';

/** Up to this size a file goes with its creation, and its checksum with it; a broken try costs little. */
const ONE_REQUEST = 8 * 1024 * 1024;
const headers = { ...preflight };

/** Sends a file, from where an earlier try ended, be it in this visit or before. */
export function send(item: Item, progress: (sent: number) => void, signal: AbortSignal): Promise<Sent> {
  return new Promise((resolve, reject) => {
    let answer: Sent = { assetId: null, duplicate: false };
    const atOnce = item.file.size <= Math.min(ONE_REQUEST, pieceSize());
    const upload = new Upload(item.file, {
      endpoint: '/upload',
      headers,
      metadata: metadata(item),
      chunkSize: pieceSize(),
      uploadDataDuringCreation: atOnce,
      // The queue decides when to try again.
      retryDelays: null,
      removeFingerprintOnSuccess: true,
      fingerprint: () => Promise.resolve(item.fingerprint),
      onProgress: progress,
      onBeforeRequest: (request) => {
        if (atOnce) checksum(request, item);
      },
      onAfterResponse: (request, response) => {
        if (request.getMethod() === 'HEAD') mayResume(response);
        const until = Date.parse(response.getHeader('Upload-Expires') ?? '');
        if (!Number.isNaN(until)) item.keptUntil = until;
        const assetId = response.getHeader('Tessera-Asset');
        if (assetId) answer = { assetId, duplicate: response.getHeader('Tessera-Duplicate') === 'true' };
      },
      onSuccess: () => resolve(answer),
      onError: (error) => {
        const refused = refusal(error);
        // What arrived wrong must not be gone on with.
        if (refused.problem.code === 'damaged') void discard(item).finally(() => reject(refused));
        else reject(refused);
      },
    });
    signal.addEventListener('abort', () => {
      void upload.abort();
      reject(new DOMException('paused', 'AbortError'));
    });
    void upload.findPreviousUploads().then(([previous]) => {
      if (signal.aborted) return;
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    }, reject);
  });
}

/** Lets go of what was sent of a file, here and on the server. */
export async function discard({ file, fingerprint }: Item): Promise<void> {
  const upload = new Upload(file, { endpoint: '/upload', fingerprint: () => Promise.resolve(fingerprint) });
  for (const { uploadUrl, urlStorageKey } of await upload.findPreviousUploads()) {
    await upload.options.urlStorage?.removeUpload(urlStorageKey);
    // What the server does not hear of, it lets go of by itself after a while.
    if (uploadUrl) await Upload.terminate(uploadUrl, { headers, retryDelays: null }).catch(() => undefined);
  }
}

function metadata({ file, libraryId, sha1 }: Item): Record<string, string> {
  return {
    filename: file.name,
    filetype: file.type || 'application/octet-stream',
    modified: new Date(file.lastModified).toISOString(),
    library: libraryId,
    ...(sha1 ? { sha1 } : {}),
  };
}

/** Goes with the one request that carries the whole file. */
function checksum(request: HttpRequest, { sha1 }: Item): void {
  const whole = request.getMethod() === 'POST' || request.getHeader('Upload-Offset') === '0';
  if (whole && sha1 && request.getMethod() !== 'HEAD')
    request.setHeader('Upload-Checksum', `sha1 ${hexToBase64(sha1)}`);
}

/**
 * Any answer but success, gone or locked leaves open whether the upload is still there. The library would forget it and
 * begin anew; a busy server or a lost session must not cost what was sent already.
 */
function mayResume(response: HttpResponse): void {
  const status = response.getStatus();
  const clear = (status >= 200 && status < 300) || status === 404 || status === 410 || status === 423;
  if (!clear) throw new UploadError(fromRefusal({ status, body: response.getBody() }));
}

function refusal(error: unknown): UploadError {
  if (!(error instanceof DetailedError)) return new UploadError(problem('unreadable'));
  const { originalRequest: request, originalResponse: response, causingError: cause } = error;
  if (cause instanceof UploadError) return cause;
  if (!response) return new UploadError(problem('offline'));
  // Gone in the middle: the next try begins it anew. Not there at the start: the library is not one to add to.
  if (response.getStatus() === 404)
    return new UploadError(problem(request?.getMethod() === 'POST' ? 'forbidden' : 'broken'));
  const refused = { status: response.getStatus(), body: response.getBody() };
  if (proxyLimit(refused) && shrinkPieces()) return new UploadError(problem('broken'));
  return new UploadError(fromRefusal(refused));
}
