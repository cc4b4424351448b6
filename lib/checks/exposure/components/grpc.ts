import type { BytesAnswer } from '../../../core/probing/index.ts';
import { latin1, uint16, uint32 } from '../add-ons/bytes.ts';

type Bytes = readonly number[];

const frame = (type: number, flags: number, payload: Bytes, stream = 1): Bytes => [
  ...uint32(payload.length).slice(1),
  type,
  flags,
  ...uint32(stream),
  ...payload,
];
/** A header field of HPACK that is neither indexed nor compressed. */
const field = (name: string, value: string): Bytes => [0, name.length, ...latin1(name), value.length, ...latin1(value)];

/** A call of gRPC with an empty message, over HTTP/2 without asking first. */
export const grpcCall = (path: string, scheme: 'http' | 'https'): Bytes => [
  ...latin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  ...frame(4, 0, [], 0),
  ...frame(1, 4, [
    ...field(':method', 'POST'),
    ...field(':scheme', scheme),
    ...field(':path', path),
    ...field(':authority', 'localhost'),
    ...field('content-type', 'application/grpc'),
    ...field('te', 'trailers'),
  ]),
  ...frame(0, 1, [0, ...uint16(0), ...uint16(0)]),
];

/** The first message of the answer, as bytes; undefined when the call brought none, or this is no HTTP/2. */
export const grpcMessage = ({ bytes }: BytesAnswer): Bytes | undefined => {
  const number = (from: number, count: number): number => Number.parseInt(bytes.slice(from * 2, (from + count) * 2), 16);
  // each frame has its length, kind, flags and stream in front
  for (let at = 0; (at + 9) * 2 <= bytes.length; at += 9 + number(at, 3)) {
    const length = number(at, 3);
    if (number(at + 3, 1) !== 0 || number(at + 5, 4) !== 1 || length <= 5) continue;
    // data of the call: one byte for compression, four for the length of the message
    const message = bytes.slice((at + 14) * 2, (at + 9 + length) * 2);
    return number(at + 9, 1) === 0 ? [...message.matchAll(/../g)].map(([pair]) => Number.parseInt(pair, 16)) : undefined;
  }
  return undefined;
};
