import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { makeCertificate, makePki } from '../../../../test/support/certificates.ts';
import {
  doorOf,
  endlessly,
  patientLimits,
  saying,
  senderTo,
  shortLimits,
  type Target,
  tcpTarget,
  tlsTarget,
} from '../../../../test/support/probe-targets.ts';
import type { Door, HelloRequest, ProbeAnswer } from '../../../core/probing/index.ts';

const targets: Target[] = [];
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

const tripleDes = 0x000a;
const request: HelloRequest = { is: 'hello', version: 'TLSv1.2', suites: [tripleDes, 0x0005, 0x0033, 0xc011] };
const ask = async (
  served: Promise<Target>,
  more: Partial<HelloRequest> = {},
  limits = patientLimits,
  door: Partial<Door> = {},
): Promise<ProbeAnswer> => {
  const target = await served;
  targets.push(target);
  const one = doorOf(target, door);
  return senderTo([one], { limits }).send(one, { ...request, ...more }, 'p');
};

const number = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};
const record = (content: Buffer, version = 0x0303): Buffer =>
  Buffer.concat([Buffer.from([22]), number(version, 2), number(content.length, 2), content]);
const message = (type: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([type]), number(body.length, 3), body]);
const hello = (suite: number, version = 0x0303): Buffer =>
  message(2, Buffer.concat([number(version, 2), Buffer.alloc(32, 7), Buffer.from([0]), number(suite, 2), Buffer.from([0])]));
const done = message(14, Buffer.alloc(0));
const sized = (content: Buffer): Buffer => Buffer.concat([number(content.length, 2), content]);
const alert = (level: number, description: number): Buffer => Buffer.from([21, 3, 1, 0, 2, level, description]);

it.each([
  ['TLSv1.2', 0x002f, 'AES128-SHA', {}],
  ['TLSv1.1', 0x002f, 'AES128-SHA', {}],
  ['TLSv1', 0x002f, 'AES128-SHA', {}],
  ['TLSv1.2', 0x003b, 'NULL-SHA256', {}],
  ['TLSv1.2', 0xc02f, 'ECDHE-RSA-AES128-GCM-SHA256', { curve: 24 }],
  ['TLSv1.2', 0x009e, 'DHE-RSA-AES128-GCM-SHA256', { primeBits: 2048 }],
] as const)('reads the first flight of a real server: %s, suite %i', async (version, suite, ciphers, parameters) => {
  const options: TlsOptions = {
    ciphers: `${ciphers}:@SECLEVEL=0`,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.2',
    dhparam: 'auto',
    ecdhCurve: 'P-384',
  };
  const served = tlsTarget({ ...(await makeCertificate({ name: 'server', keyType: 'rsa' })), ...options });
  expect(await ask(served, { version, suites: [0x0005, suite] })).toEqual({
    is: 'hello',
    accepted: true,
    version,
    suite,
    asksForCertificate: false,
    ...parameters,
  });
  expect(await ask(served, { version, suites: [0x0005] })).toEqual({ is: 'hello', accepted: false, alert: 40 });
});

it('hears which authorities a real server would trust, and sends the host as SNI', async () => {
  const { server, authority } = await makePki();
  const names: string[] = [];
  const served = tlsTarget({
    ...server,
    ca: authority.cert,
    requestCert: true,
    maxVersion: 'TLSv1.2',
    SNICallback: (name, callback) => {
      names.push(name);
      callback(null);
    },
  });
  expect(await ask(served, { suites: [0xc02b] }, patientLimits, { host: 'shop.example' })).toMatchObject({
    accepted: true,
    asksForCertificate: true,
    authorities: ['CN=kubernetes'],
  });
  expect(names).toEqual(['shop.example']);
});

it.each([
  ['TLSv1.2', 0x0303],
  ['SSLv3', 0x0300],
] as const)('asks for 3DES in %s, suites in order, and hears that it is taken', async (version, wire) => {
  const served = tcpTarget(saying(record(Buffer.concat([hello(tripleDes, wire), done]), wire)));
  expect(await ask(served, { version })).toMatchObject({ accepted: true, version, suite: tripleDes });
  const sent = Buffer.from((await served).received(), 'latin1');
  expect(sent.readUInt16BE(9)).toBe(wire);
  expect(sent.subarray(44, 46 + 8).toString('hex')).toBe('0008000a00050033c011');
  // no extensions before TLS
  expect(sent.length === 46 + 8 + 2).toBe(version === 'SSLv3');
});

it('reads messages over many records, several in one, and byte by byte', async () => {
  const prime = Buffer.concat([Buffer.from([0, 0x7f]), Buffer.alloc(63, 0xff)]);
  const keys = message(12, Buffer.concat([sized(prime), sized(Buffer.from([2])), sized(Buffer.alloc(64, 1)), Buffer.alloc(40)]));
  const flight = Buffer.concat([hello(0x0033), message(11, Buffer.alloc(70_000)), keys, done]);
  const fragments = Array.from({ length: Math.ceil(flight.length / 1_000) }, (_, index) =>
    record(flight.subarray(index * 1_000, (index + 1) * 1_000)),
  );
  const first = Buffer.concat(fragments);
  const drop = (socket: Socket): void => {
    socket.setNoDelay(true);
    socket.once('data', () => {
      for (const byte of first.subarray(0, 300)) socket.write(Buffer.from([byte]));
      socket.write(first.subarray(300));
    });
  };
  expect(await ask(tcpTarget(drop))).toMatchObject({ accepted: true, suite: 0x0033, primeBits: 511 });
});

it.each([
  ['hangs up at the offer', (socket: Socket) => socket.once('data', () => socket.end()), { is: 'hello', accepted: false }],
  ['resets at the offer', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()), { is: 'hello', accepted: false }],
  ['refuses', saying(alert(2, 71)), { is: 'hello', accepted: false, alert: 71 }],
  ['warns and accepts', saying(Buffer.concat([alert(1, 112), record(Buffer.concat([hello(5), done]))])), { accepted: true, suite: 5 }],
  ['stops after its ServerHello', saying(record(hello(5))), { accepted: true, suite: 5 }],
  ['speaks HTTP', saying('HTTP/1.1 400 Bad Request\r\n\r\n'), { why: 'malformed' }],
  ['sends an empty record', saying(record(Buffer.alloc(0))), { why: 'malformed' }],
  ['sends a record too long', saying(Buffer.from('160303ffff', 'hex')), { why: 'malformed' }],
  ['starts with something else', saying(record(done)), { why: 'malformed' }],
  ['chooses what was not offered', saying(record(hello(0x1301))), { why: 'malformed' }],
  ['chooses a newer version', saying(record(hello(5, 0x0304))), { why: 'malformed' }],
  ['breaks its ServerHello', saying(record(message(2, Buffer.alloc(20)))), { why: 'malformed' }],
  ['breaks its CertificateRequest', saying(record(Buffer.concat([hello(5), message(13, Buffer.from([9, 9]))]))), { why: 'malformed' }],
  ['ends in the middle', saying(record(hello(5)).subarray(0, 20)), { why: 'hung-up' }],
  ['announces a huge message', saying(record(Buffer.concat([hello(5), Buffer.from([11, 255, 255, 255])]))), { why: 'hostile' }],
  ['never comes to the end', endlessly(record(hello(5)), record(message(22, Buffer.alloc(10)))), { why: 'hostile' }],
])('ends with a server that %s', async (_, serve, outcome) => {
  expect(await ask(tcpTarget(serve))).toMatchObject(outcome);
});

it('gives up on a server that never answers', async () => {
  const target = tcpTarget();
  expect(await ask(target, {}, shortLimits)).toMatchObject({ is: 'none', why: 'timed-out' });
  expect((await target).connections()).toBe(1);
});

it('reads names of authorities of every kind', async () => {
  const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([tag, content.length]), content]);
  };
  const pair = (oid: string, tag: number, value: Buffer): Buffer => der(0x31, der(0x30, der(6, Buffer.from(oid, 'hex')), der(tag, value)));
  const names = [
    der(0x30, pair('55040a', 0x0c, Buffer.from('Ämter\n1')), pair('550403', 0x1e, Buffer.from([0, 0x43, 0, 0x41]))),
    der(0x30, pair('2b0601', 0x13, Buffer.from('x'))),
    Buffer.from('junk'),
  ];
  const body = Buffer.concat([Buffer.from([1, 1]), sized(Buffer.from('0401', 'hex')), sized(Buffer.concat(names.map(sized)))]);
  const served = tcpTarget(saying(record(Buffer.concat([hello(5), message(13, body), done]))));
  expect(await ask(served)).toMatchObject({
    asksForCertificate: true,
    authorities: ['O=Ämter 1, CN=CA', '1.3.6.1=x', 'a name that cannot be read'],
  });
});
