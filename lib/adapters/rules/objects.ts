import { createHash } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import type { DownloadOptions, PutOptions } from '../../ports/object-store.ts';

// What every ObjectStore demands of its callers, wherever the objects lie.

/** S3's own limit for a key is 1,024 bytes; a file system's for one name is 255, of which a version takes 65. */
const longestKey = 1024;
const longestSegment = 180;
const segment = /^[A-Za-z0-9._=-]+$/;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const isSegment = (text: string): boolean => segment.test(text) && text.length <= longestSegment && text !== '.' && text !== '..';

/** Whether it is a key: segments joined by `/`, none of which leads up or nowhere. */
export const isObjectKey = (key: string): boolean => key.length <= longestKey && key.split('/').every(isSegment);

/** Whether keys can begin with it: whole segments and the beginning of one more. */
export const isPrefix = (prefix: string): boolean => {
  const [last = '', ...whole] = prefix.split('/').toReversed();
  return prefix.length <= longestKey && whole.every(isSegment) && (last === '' || segment.test(last));
};

/** The failure of a key that is none. */
export const badKey = failed('input-invalid', 'A key is made of segments of A-Z, a-z, 0-9 and . _ = - joined by /. Change the name.');
/** The failure of a second, different object of one key. */
export const otherBytes = failed(
  'conflict',
  'There is another object of this key already, and what is written is never changed. Use another key.',
);
export const noObject = failed('not-found', 'There is no such object.');
export const alteredBytes = failed(
  'answer-invalid',
  'The object does not hold the bytes that were written. Restore it from a copy, and find out who changed it.',
);
export const stillRetained = failed('permission-missing', 'The object is kept until its retention ends, and nobody may delete it before.');
export const foreignCursor = failed('input-invalid', 'This cursor belongs to another list. Begin again without a cursor.');

/** Checks what an object is written with. Content types go into HTTP headers as they are. */
export const examinePut = (key: string, { contentType, retainUntil }: PutOptions): Result<void> => {
  if (!isObjectKey(key)) return badKey;
  if (!/^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w.+-]+)*$/.test(contentType))
    return failed('input-invalid', 'The content type is none. Use one such as application/json.');
  return retainUntil !== undefined && readTime(retainUntil) === undefined
    ? failed('input-invalid', 'The end of the retention is no ISO 8601 time.')
    : succeed(undefined);
};

/** Checks what a temporary link is asked for. */
export const examineDownload = (key: string, { fileName, seconds }: DownloadOptions): Result<void> => {
  if (!isObjectKey(key)) return badKey;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 300) return failed('input-invalid', 'A link is good for 1 to 300 seconds.');
  return fileName !== '' && fileName.length <= 200 && !/[\p{C}\p{Zl}\p{Zp}/\\]/u.test(fileName)
    ? succeed(undefined)
    : failed('input-invalid', 'A file name has 1 to 200 characters, and no control characters or slashes.');
};

/** `Content-Disposition` of a download (RFC 6266): plain letters for old readers, the whole name for all others. */
export const dispositionOf = (fileName: string): string => {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["%]/g, '_');
  const whole = encodeURIComponent(fileName).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
};

const markOf = (prefix: string): string => sha256Of(Buffer.from(prefix)).slice(0, 16);

/** A cursor of a list, bound to its prefix. */
export const listCursor = (prefix: string, position: readonly string[]): string =>
  Buffer.from(JSON.stringify([markOf(prefix), ...position])).toString('base64url');

/** The position of a cursor; `undefined` when it is none of this list. */
export const readListCursor = (prefix: string, cursor: string): readonly string[] | undefined => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return undefined;
    return parts[0] === markOf(prefix) && isObjectKey(parts[1] ?? '') ? parts.slice(1) : undefined;
  } catch {
    return undefined;
  }
};
