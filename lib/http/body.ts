import { before, type Part } from './exchange.ts';
import { Refusal } from './refusal.ts';

const json = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;
const mergePatch = /^application\/merge-patch\+json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

const notUtf8 = () => new Refusal('input-invalid', 'The body is not UTF-8; send JSON encoded as UTF-8.');

const textOf = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw notUtf8();
  }
};

/** Size and media type, before anything is done with a body. */
export const examineBody = (maxBytes: number): Part =>
  before((exchange, event) => {
    const sent = typeof event.body === 'string' ? event.body : '';
    const size = event.isBase64Encoded ? Buffer.byteLength(sent, 'base64') : Buffer.byteLength(sent);
    if (size > maxBytes) throw new Refusal('body-too-large', `The body is larger than ${maxBytes} bytes; send less.`);
    const type = event.headers['content-type'] ?? '';
    const fits = json.test(type) || (exchange.route.method === 'PATCH' && mergePatch.test(type));
    if (exchange.route.body && size > 0 && !fits)
      throw new Refusal('media-type-unsupported', 'The body must be JSON: send it with `Content-Type: application/json`.', {
        headers: { accept: 'application/json' },
      });
  });

/** The body as text, for the JSON parser. Bytes that are not UTF-8 are refused rather than replaced: what is stored is what was sent. */
export const decodeBody: Part = before((exchange, event) => {
  const sent = typeof event.body === 'string' ? event.body : '';
  if (!event.isBase64Encoded && !sent.isWellFormed()) throw notUtf8();
  const text = event.isBase64Encoded ? textOf(Buffer.from(sent, 'base64')) : sent;
  if (text !== '' && !exchange.route.body) throw new Refusal('input-invalid', 'This operation takes no body; send none.');
  if (text === '' && exchange.route.body) throw new Refusal('input-invalid', 'The body is missing; send JSON.');
  exchange.rawBody = text;
  event.isBase64Encoded = false;
  event.body = text;
});

/** Control characters but tab and line ends: in the terminal of whoever lists what was stored, they could move the cursor, hide text or rename the window. */
const commands = /[^\P{Cc}\t\n\r]/u;

/** Called for every name and value of a JSON body while it is read. */
export const reviveJson = (key: string, value: unknown): unknown => {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype')
    throw new Refusal('input-invalid', `The body holds the name \`${key}\`, which is not allowed.`);
  if (typeof value === 'string' && (!value.isWellFormed() || commands.test(value)))
    throw new Refusal('input-invalid', 'The body holds text with control characters or half a character; send proper Unicode.');
  return value;
};
