import { once } from 'node:events';
import type { Socket } from 'node:net';
import zlib from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { makeCertificate } from '../../../test/support/certificates.ts';
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
} from '../../../test/support/probe-targets.ts';
import type { HttpRequest, ProbeAnswer } from '../../core/probing/index.ts';

const targets: Target[] = [];
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

const request: HttpRequest = { is: 'http', over: 'plain', method: 'GET', path: '/a?b=c' };
const ask = async (
  serve: (socket: Socket) => void,
  more: Partial<HttpRequest> = {},
  limits = patientLimits,
): Promise<ProbeAnswer & { target: Target }> => {
  const target = await tcpTarget(serve);
  targets.push(target);
  return { ...(await senderTo([doorOf(target)], { limits }).send(doorOf(target), { ...request, ...more }, 'p')), target };
};
const answered = (body: string | Buffer, headers = ''): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${headers}content-length: ${body.length}\r\n\r\n`), Buffer.from(body)]);
/** What a server may have sent at most before it was cut off: the buffers of both kernels. */
const buffers = 16 * 1024 * 1024;

it('sends a request with a body and reads the answer', async () => {
  const answer = await ask(saying(answered('{"ä":1}'.repeat(2), 'X-One: 1\r\nset-cookie: a\r\nset-cookie: b\r\n')), {
    method: 'POST',
    body: '{}',
    headers: { Accept: 'text/plain', host: 'evil.example' },
  });
  expect(answer).toMatchObject({ is: 'http', status: 200, isCut: false });
  expect(answer.target.received()).toMatch(/^POST \/a\?b=c HTTP\/1\.1\r\naccept: text\/plain\r\n/);
  expect(answer.target.received()).toContain(`host: 127.0.0.1:${answer.target.port}\r\n`);
  expect(answer.target.received()).not.toContain('evil');
  expect(answer.target.received()).toMatch(/content-type: application\/json\r\n.*content-length: 2\r\n\r\n\{\}$/is);
  expect(answer).toHaveProperty('headers.set-cookie', 'a, b');
});

it('asks over TLS whoever the server is, and says so when there is none', async () => {
  const target = await tlsTarget(await makeCertificate({ name: 'other' }), saying(answered('secure')));
  targets.push(target);
  const sender = senderTo([doorOf(target)]);
  expect(await sender.send(doorOf(target, { host: 'a.example' }), { ...request, over: 'tls' }, 'p')).toMatchObject({ body: 'secure' });
  expect(await ask(saying(answered('plain')), { over: 'tls' })).toMatchObject({ is: 'none', why: 'malformed' });
});

it.each([
  ['GET', 'HTTP/1.1 204 No Content\r\ncontent-encoding: gzip\r\n\r\n', 204],
  ['HEAD', 'HTTP/1.1 200 OK\r\ncontent-length: 5000\r\ncontent-encoding: zstd\r\n\r\n', 200],
  ['GET', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: spdy\r\n\r\nxxx', 101],
  ['GET', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 403 No\r\n\r\n', 403],
  ['GET', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nand more than it said', 200],
] as const)('takes an answer without a body: %s, %j', async (method, bytes, status) => {
  expect(await ask(saying(bytes), { method })).toMatchObject({ is: 'http', status, body: '', isCut: false });
});

it('cuts an endless body and closes', async () => {
  const answer = await ask(endlessly('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(65_536)), { mostBytes: 1_000 });
  expect(answer).toMatchObject({ is: 'http', status: 200, body: 'x'.repeat(1_000), isCut: true });
  expect(answer.target.sent()).toBeLessThan(buffers);
});

const text = 'name,value\n'.repeat(20);
const codings = {
  gzip: zlib.gzipSync,
  'x-gzip': zlib.gzipSync,
  deflate: zlib.deflateSync,
  'Deflate ': zlib.deflateRawSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};
it.each(Object.entries(codings))('decompresses %s though it did not ask for it', async (coding, compress) => {
  const headers = `content-encoding: ${coding}\r\n`;
  expect(await ask(saying(answered(compress(text), headers)))).toMatchObject({ body: text, isCut: false });
  // more than is wanted, and no bomb
  const noise = Array.from({ length: 3_000 }, (_, index) => `${Math.imul(index + 1, 2_654_435_761) >>> 0}`).join(' ');
  expect(await ask(saying(answered(compress(noise), headers)), { mostBytes: 500 })).toMatchObject({
    body: noise.slice(0, 500),
    isCut: true,
  });
});

it.each(['gzip', 'br', 'zstd', 'deflate'] as const)('calls a bomb of %s hostile', async (coding) => {
  const bomb = codings[coding](Buffer.alloc(64 * 1024 * 1024));
  const answer = await ask(saying(answered(bomb, `content-encoding: ${coding}\r\n`)));
  expect(answer).toMatchObject({ is: 'none', why: 'hostile', detail: 'a decompression bomb' });
});

it('calls hostile what would need a huge window, or is compressed again and again', async () => {
  const params = { [zlib.constants.ZSTD_c_windowLog]: 27, [zlib.constants.ZSTD_c_checksumFlag]: 1 };
  const stream = zlib.createZstdCompress({ params });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.write('x');
  stream.end('y');
  await once(stream, 'end');
  expect(await ask(saying(answered(Buffer.concat(chunks), 'content-encoding: zstd\r\n')))).toMatchObject({ why: 'hostile' });
  const twice = zlib.gzipSync(zlib.gzipSync(text));
  expect(await ask(saying(answered(twice, 'content-encoding: gzip, gzip\r\n')))).toMatchObject({ why: 'hostile' });
});

it.each([
  ['no status line', 'hello there\r\n\r\n'],
  ['HTTP/0.9', '<html>old</html>'],
  ['bad chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nxx'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
  ['length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a TLS alert', Buffer.from('15030100020246', 'hex')],
  ['gzip that is none', answered('not gzip at all', 'content-encoding: gzip\r\n')],
])('calls malformed: %s', async (_, bytes) => {
  expect(await ask(saying(bytes))).toMatchObject({ is: 'none', why: 'malformed' });
});

it.each([
  ['one endless header', 'HTTP/1.1 200 OK\r\nx: ', 'x'.repeat(65_536)],
  ['endless headers', 'HTTP/1.1 200 OK\r\n', 'x-a: b\r\n'.repeat(1_000)],
  ['endless 1xx', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)],
  ['endless chunk extensions', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;', 'x'.repeat(65_536)],
])('calls hostile: %s', async (_, start, piece) => {
  const answer = await ask(endlessly(start, piece));
  expect(answer).toMatchObject({ is: 'none', why: 'hostile' });
  expect(answer.target.sent()).toBeLessThan(buffers);
});

it('calls hostile: more headers than anybody sends', async () => {
  const headers = (count: number): string => Array.from({ length: count }, (_, index) => `x-${index}: 1\r\n`).join('');
  expect(await ask(saying(answered('', headers(101))))).toMatchObject({ why: 'hostile' });
  expect(await ask(saying(answered('', headers(60))))).toMatchObject({ is: 'http' });
});

it.each([
  ['accepts and resets', (socket: Socket) => socket.resetAndDestroy()],
  ['resets at the request', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy())],
  ['ends without a word', (socket: Socket) => socket.once('data', () => socket.end())],
  ['ends in the headers', saying('HTTP/1.1 200 OK\r\nx-a: b')],
  ['ends in the body', saying('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort')],
])('calls hung up a server that %s', async (_, serve) => {
  expect(await ask(serve)).toMatchObject({ is: 'none', why: 'hung-up' });
});

/** One byte now and then, for ever. */
const dripping = (start: string): ((socket: Socket) => void) => {
  return (socket) =>
    socket.once('data', () => {
      socket.write(start);
      const timer = setInterval(() => socket.write('x'), 50);
      socket.once('close', () => clearInterval(timer));
    });
};
it.each([
  ['says nothing', () => {}, 'no answer within 0.4 s'],
  ['drips headers', dripping('HTTP/1.1 200 OK\r\nx: '), 'no answer within 0.4 s'],
  ['drips a body', dripping('HTTP/1.1 200 OK\r\n\r\n'), 'not over after 1 s'],
])('gives up on a server that %s', async (_, serve, detail) => {
  const answer = await ask(serve, {}, shortLimits);
  expect(answer).toMatchObject({ is: 'none', why: 'timed-out', detail });
  expect(answer.target.connections()).toBe(1);
});
