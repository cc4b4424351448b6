import type { HelloAnswer, HelloRequest, NoAnswer } from '../../../core/probing/index.ts';
import { nameText } from '../der.ts';
import { noAnswer } from '../ending.ts';
import { wireVersions } from './client-hello.ts';
import type { Message } from './record-reader.ts';

/** What is known of the server's first flight so far. */
export interface Flight {
  /** The answer as far as it has come; nothing before the ServerHello. */
  readonly answer: () => HelloAnswer | undefined;
  /** Takes the next message: a final answer, or nothing when more is to come. */
  take(message: Message): HelloAnswer | NoAnswer | undefined;
}

const types = { serverHello: 2, serverKeyExchange: 12, certificateRequest: 13, serverHelloDone: 14 };
const fatal = 2;
const mostAuthorities = 100;
const mostText = 300;
/** Suites whose ServerKeyExchange holds an RSA key. */
const rsaExport = [0x0003, 0x0006, 0x0008, 0x0060, 0x0061, 0x0062, 0x0064];
/** The one suite up there with Diffie-Hellman over a prime that is not named 0xC0xx. */
const dheChaCha = 0xccaa;

const malformed = (what: string): NoAnswer => noAnswer('malformed', what);

type Hello = { readonly version: number; readonly suite: number };

const serverHello = (body: Buffer): Hello | undefined => {
  if (body.length < 38) return undefined;
  const sessionLength = body[34] ?? 0;
  const at = 35 + sessionLength;
  return sessionLength > 32 || body.length < at + 3 ? undefined : { version: body.readUInt16BE(0), suite: body.readUInt16BE(at) };
};

const namedCurve = 3;
/** Curve or size of the prime, where the parameters are of a kind that is known. */
const keyExchange = (body: Buffer, suite: number): Pick<HelloAnswer, 'curve' | 'primeBits'> => {
  if (suite >= 0xc000 && suite !== dheChaCha && body.length >= 4 && body[0] === namedCurve) return { curve: body.readUInt16BE(1) };
  if (rsaExport.includes(suite) || body.length < 2) return {};
  const length = body.readUInt16BE(0);
  if (length === 0 || body.length < 2 + length + 2) return {};
  const prime = body.subarray(2, 2 + length);
  const lead = prime.findIndex((byte) => byte !== 0);
  return lead === -1 ? {} : { primeBits: (length - lead) * 8 - Math.clz32(prime[lead] ?? 0) + 24 };
};

/** Distinguished names of a CertificateRequest; `undefined` when its lengths do not fit. */
const authoritiesOf = (body: Buffer, version: number): readonly string[] | undefined => {
  let at = 1 + (body[0] ?? 0);
  // the list of signature algorithms came with TLS 1.2
  if (version >= wireVersions['TLSv1.2']) {
    if (body.length < at + 2) return undefined;
    at += 2 + body.readUInt16BE(at);
  }
  if (body.length < at + 2 || body.length !== at + 2 + body.readUInt16BE(at)) return undefined;
  const names: string[] = [];
  for (at += 2; at < body.length && names.length < mostAuthorities; ) {
    if (body.length < at + 2) return undefined;
    const end = at + 2 + body.readUInt16BE(at);
    if (end > body.length) return undefined;
    names.push((nameText(body.subarray(at + 2, end)) ?? 'a name that cannot be read').slice(0, mostText));
    at = end;
  }
  return names;
};

const versionName = (version: number): string | undefined => Object.entries(wireVersions).find(([, wire]) => wire === version)?.[0];

/** Reads the server's first flight up to its end; the Certificate in it is skipped. */
export const readFlight = ({ version: offered, suites }: HelloRequest): Flight => {
  let hello: Hello | undefined;
  let known: HelloAnswer | undefined;

  const onHello = (body: Buffer): NoAnswer | undefined => {
    hello = serverHello(body);
    const version = hello && versionName(hello.version);
    if (!hello || version === undefined || hello.version > wireVersions[offered]) return malformed('a ServerHello that cannot be read');
    if (!suites.includes(hello.suite)) return malformed('a cipher suite that was not offered');
    known = { is: 'hello', accepted: true, version, suite: hello.suite, asksForCertificate: false };
    return undefined;
  };
  const onAlert = (level: number, description: number): HelloAnswer | undefined => {
    if (level !== fatal) return undefined;
    // after the ServerHello the suite is chosen, whatever else it does not like
    return known ?? { is: 'hello', accepted: false, alert: description };
  };
  return {
    answer: () => known,
    take: (message) => {
      if (message.is === 'alert') return onAlert(message.level, message.description);
      const { type, body } = message;
      if (!hello || !known) return type === types.serverHello ? onHello(body) : malformed('no ServerHello');
      if (type === types.serverHelloDone) return known;
      if (type === types.serverKeyExchange) known = { ...known, ...keyExchange(body, hello.suite) };
      if (type === types.certificateRequest) {
        const authorities = authoritiesOf(body, hello.version);
        if (!authorities) return malformed('a CertificateRequest that cannot be read');
        known = { ...known, asksForCertificate: true, authorities };
      }
      return undefined;
    },
  };
};
