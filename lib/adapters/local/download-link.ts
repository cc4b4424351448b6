import { createHmac, timingSafeEqual } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import type { DownloadOptions, StoredObject } from '../../ports/object-store.ts';
import { dispositionOf, isObjectKey } from '../rules/objects.ts';

/** What a good link allows: to read one version of one object. */
export interface Download {
  readonly key: string;
  readonly versionId: string;
  readonly fileName: string;
  /** The header `Content-Disposition` to answer with. */
  readonly disposition: string;
}

const start = '/v1/downloads/';

/** The signature covers every part that means something, each with its length, so that no two links share one. */
const signatureOf = (secret: Uint8Array, parts: readonly string[]): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['gatehouse-download', 1, ...parts]))
    .digest();

/** Path and query from which a version can be downloaded until `seconds` after `now` (ISO). */
export const downloadPath = (
  secret: Uint8Array,
  object: Pick<StoredObject, 'key' | 'versionId'>,
  options: DownloadOptions,
  now: string,
): string => {
  const expires = String(Math.floor((readTime(now) ?? 0) / 1000) + options.seconds);
  const query = new URLSearchParams({ version: object.versionId, name: options.fileName, expires });
  query.set('signature', signatureOf(secret, [object.key, object.versionId, options.fileName, expires]).toString('base64url'));
  return `${start}${object.key}?${query}`;
};

const notOurs = failed('credential-refused', 'This download link is not valid. Ask for a new one.');

/** Reads a link that a browser came with: path and query as in the request line. Only what `downloadPath` made with the same secret, unchanged and in time, is good. */
export const verifyDownload = (secret: Uint8Array, pathAndQuery: string, now: string): Result<Download> => {
  const at = pathAndQuery.indexOf('?');
  const path = at < 0 ? pathAndQuery : pathAndQuery.slice(0, at);
  const query = new URLSearchParams(at < 0 ? '' : pathAndQuery.slice(at + 1));
  const key = path.slice(start.length);
  if (!path.startsWith(start) || !isObjectKey(key)) return notOurs;
  const [versionId = '', fileName = '', expires = ''] = ['version', 'name', 'expires'].map((name) => query.get(name) ?? '');
  const claimed = Buffer.from(query.get('signature') ?? '', 'base64url');
  const right = signatureOf(secret, [key, versionId, fileName, expires]);
  if (claimed.length !== right.length || !timingSafeEqual(claimed, right)) return notOurs;
  if (Number(expires) * 1000 < (readTime(now) ?? Number.POSITIVE_INFINITY)) {
    return failed('credential-refused', 'This download link has expired. Ask for a new one.');
  }
  return succeed({ key, versionId, fileName, disposition: dispositionOf(fileName) });
};
