import { randomBytes } from 'node:crypto';
import type { HelloRequest } from '../../../core/probing/index.ts';

/** Versions by their number on the wire. */
export const wireVersions = { SSLv3: 0x0300, TLSv1: 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303 } as const;

/** Curves by IANA number: the usual ones first, so that only a server that wants a weak one takes it. */
const curves = [29, 23, 24, 25, 30, 28, 27, 26, 22, 14, 13, 12, 11, 10, 9, 21, 20, 8, 7, 6, 19, 18, 5, 4, 3, 17, 16, 15, 2, 1];
/** Signature algorithms by IANA number, weak ones last. */
const signatures = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601, 0x0402, 0x0301, 0x0303,
  0x0201, 0x0203, 0x0202, 0x0101,
];

const number16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const numbers16 = (values: readonly number[]): Buffer => Buffer.concat(values.map(number16));
/** A length of so many bytes, then the content. */
const vector = (lengthBytes: 1 | 2 | 3, content: Buffer): Buffer => {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(content.length, 0, lengthBytes);
  return Buffer.concat([length, content]);
};
const extension = (type: number, content: Buffer): Buffer => Buffer.concat([number16(type), vector(2, content)]);

const extensionsOf = (version: HelloRequest['version'], host: string | undefined): Buffer => {
  // SSLv3 knows none, and some of its servers choke on them
  if (version === 'SSLv3') return Buffer.alloc(0);
  const serverName = (name: string) => vector(2, Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(name, 'latin1'))]));
  return vector(
    2,
    Buffer.concat([
      ...(host === undefined ? [] : [extension(0, serverName(host))]),
      extension(10, vector(2, numbers16(curves))),
      extension(11, vector(1, Buffer.from([0]))),
      ...(version === 'TLSv1.2' ? [extension(13, vector(2, numbers16(signatures)))] : []),
      // extended master secret, and renegotiation made safe: servers may insist on either
      extension(23, Buffer.alloc(0)),
      extension(0xff01, Buffer.from([0])),
    ]),
  );
};

/** A ClientHello in one record, as bytes. */
export const clientHello = ({ version, suites }: HelloRequest, host: string | undefined): Buffer => {
  const hello = Buffer.concat([
    number16(wireVersions[version]),
    randomBytes(32),
    vector(1, Buffer.alloc(0)),
    vector(2, numbers16(suites)),
    vector(1, Buffer.from([0])),
    extensionsOf(version, host),
  ]);
  const record = number16(version === 'SSLv3' ? wireVersions.SSLv3 : wireVersions.TLSv1);
  return Buffer.concat([Buffer.from([22]), record, vector(2, Buffer.concat([Buffer.from([1]), vector(3, hello)]))]);
};
