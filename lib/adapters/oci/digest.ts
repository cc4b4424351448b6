import { createHash, type Hash } from 'node:crypto';
import type { ByteStream } from '../../ports/image-source.ts';

const shape = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;

/** Whether a text is a digest that can be checked here. Others (registered, but seen nowhere) cannot be trusted. */
export const isDigest = (text: string): boolean => shape.test(text);

export const digestOf = (bytes: Uint8Array, algorithm = 'sha256'): string =>
  `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;

/** Whether bytes are the ones a digest names. */
export const isDigestOf = (digest: string, bytes: Uint8Array): boolean =>
  isDigest(digest) && digestOf(bytes, algorithmOf(digest)) === digest;

const algorithmOf = (digest: string): string => digest.slice(0, digest.indexOf(':'));

export const hashFor = (digest: string): Hash => createHash(algorithmOf(digest));

/** Ends a stream of bytes that cannot be trusted or cannot go on. The message is the sentence for the user. */
export class LayerBroken extends Error {
  override readonly name = 'LayerBroken';
}

/** What a stream of bytes must be. */
export interface Expected {
  readonly digest: string;
  /** Exact number of bytes, where it is known. */
  readonly size?: number;
  /** For sentences: `Layer sha256:… of nginx`. */
  readonly what: string;
}

/** Passes bytes on and checks them: too many end it at once, too few or others at the end. */
export async function* checked(bytes: ByteStream, { digest, size, what }: Expected): ByteStream {
  const hash = hashFor(digest);
  let seen = 0;
  for await (const chunk of bytes) {
    seen += chunk.length;
    if (size !== undefined && seen > size)
      throw new LayerBroken(`${what} is longer than its manifest says; it is damaged or was exchanged.`);
    hash.update(chunk);
    yield chunk;
  }
  if (size !== undefined && seen < size) throw new LayerBroken(`${what} ends after ${seen} of ${size} bytes; fetch it again.`);
  if (!digest.endsWith(`:${hash.digest('hex')}`))
    throw new LayerBroken(`${what} does not match its digest; it is damaged or was exchanged.`);
}
