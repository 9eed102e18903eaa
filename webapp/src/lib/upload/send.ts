/** One file by tus: small ones in a single request, larger ones so that they go on from any byte. */

import { DetailedError, Upload, type HttpRequest } from 'tus-js-client';
import { hexToBase64 } from './base64';
import type { Item } from './item';
import { pieceSize, shrinkPieces } from './pieces';
import { fromRefusal, problem, proxyLimit, UploadError } from './problem';
import type { Sent } from './queue';

/** Up to this size a file goes with its creation, and its checksum with it; a broken try costs little. */
const ONE_REQUEST = 8 * 1024 * 1024;

/** Sends a file, from where an earlier try ended, be it in this visit or before. */
export function send(item: Item, progress: (sent: number) => void, signal: AbortSignal): Promise<Sent> {
  return new Promise((resolve, reject) => {
    let answer: Sent = { assetId: null, duplicate: false };
    const atOnce = item.file.size <= Math.min(ONE_REQUEST, pieceSize());
    const upload = new Upload(item.file, {
      endpoint: '/upload',
      headers: { 'GraphQL-Require-Preflight': '1' },
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
      onAfterResponse: (_request, response) => {
        const assetId = response.getHeader('Tessera-Asset');
        if (assetId) answer = { assetId, duplicate: response.getHeader('Tessera-Duplicate') === 'true' };
      },
      onSuccess: () => resolve(answer),
      onError: (error) => reject(refusal(error)),
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
  const previous = await upload.findPreviousUploads();
  for (const { uploadUrl, urlStorageKey } of previous) {
    upload.options.urlStorage && (await upload.options.urlStorage.removeUpload(urlStorageKey));
    if (uploadUrl)
      await Upload.terminate(uploadUrl, { headers: { 'GraphQL-Require-Preflight': '1' }, retryDelays: null }).catch(
        () => undefined,
      );
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

function refusal(error: unknown): UploadError {
  if (!(error instanceof DetailedError)) return new UploadError(problem('unreadable'));
  const response = error.originalResponse;
  if (!response) return new UploadError(problem('offline'));
  const refused = { status: response.getStatus(), body: response.getBody() };
  if (proxyLimit(refused) && shrinkPieces()) return new UploadError(problem('broken'));
  return new UploadError(fromRefusal(refused));
}
