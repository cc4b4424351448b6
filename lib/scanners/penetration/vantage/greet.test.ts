import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { makeCertificate } from '../../../../test/support/certificates.ts';
import { doorOf, saying, senderTo, shortLimits, type Target, tcpTarget, tlsTarget } from '../../../../test/support/probe-targets.ts';
import { greet } from './greet.ts';

const pair = await makeCertificate({ name: 'greeted' });
const targets: Target[] = [];
const kept = async (target: Promise<Target>): Promise<Target> => {
  const one = await target;
  targets.push(one);
  return one;
};
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

const http = (status: string, body: string): string => `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
/** Most tests have something that is silent on purpose, so time-outs are short; what answers is quicker than any of them. */
const greeted = async (target: Target, limits: Partial<typeof shortLimits> = {}) => {
  const sender = senderTo([doorOf(target)], { limits: { ...shortLimits, answerMs: 1_500, wholeMs: 4_000, ...limits } });
  const greeting = await greet(doorOf(target), sender);
  return { greeting, sender };
};

it('a server of plain HTTP: its page', async () => {
  const { greeting, sender } = await greeted(await kept(tcpTarget(saying(http('200 OK', 'hello')))));
  expect(greeting).toMatchObject({ http: 'plain', page: { status: 200, body: 'hello' } });
  expect(greeting).not.toHaveProperty('banner');
  expect(greeting).not.toHaveProperty('plainPage');
  expect(sender.exchanges.every(({ probe }) => probe === 'greeting')).toBe(true);
});

it('a server of HTTPS: its certificate, and its page over TLS', async () => {
  const { greeting } = await greeted(await kept(tlsTarget(pair, saying(http('401 Unauthorized', 'login')))));
  expect(greeting).toMatchObject({
    http: 'tls',
    page: { status: 401 },
    tls: { accepted: true, chain: [{ subject: expect.stringContaining('greeted') }] },
  });
  expect(greeting).not.toHaveProperty('plainPage');
});

/** Speaks TLS to whoever does, and something else to whoever does not, on one port. */
const both = async (plain: string): Promise<Target> => {
  const secure = await kept(tlsTarget(pair, saying(http('200 OK', 'secure'))));
  const { connect } = await import('node:net');
  const isHello = (bytes: Buffer): boolean => bytes[0] === 0x16;
  const pass = (socket: Socket, bytes: Buffer): void => {
    const inner = connect(secure.port, secure.address, () => inner.write(bytes));
    inner.on('error', () => socket.destroy());
    socket.on('close', () => inner.destroy());
    inner.pipe(socket).pipe(inner);
  };
  return kept(tcpTarget((socket) => socket.once('data', (bytes: Buffer) => (isHello(bytes) ? pass(socket, bytes) : socket.end(plain)))));
};

it('both on one port: the page over TLS, and what it says without beside it', async () => {
  const { greeting } = await greeted(await both(http('400 Bad Request', 'Client sent an HTTP request to an HTTPS server.')));
  expect(greeting).toMatchObject({ http: 'tls', page: { body: 'secure' }, plainPage: { status: 400 } });
});

it('TLS whose client certificate is asked for, and plain HTTP that only says so: no service without TLS', async () => {
  const strict = await kept(tlsTarget({ ...pair, requestCert: true, rejectUnauthorized: true, ca: pair.cert, maxVersion: 'TLSv1.2' }));
  const { greeting } = await greeted(strict);
  expect(greeting).toMatchObject({ tls: { accepted: false } });
  expect(greeting).not.toHaveProperty('http');
});

it('one that talks first: what it says, cut', async () => {
  const banner = `SSH-2.0-OpenSSH_9.9 ${'x'.repeat(1_000)}\r\n`;
  const { greeting } = await greeted(await kept(tcpTarget((socket) => socket.end(banner))));
  expect(greeting.banner).toBe(banner.slice(0, 256));
  expect(greeting).not.toHaveProperty('http');
});

it('one that talks first and then waits', async () => {
  const { greeting } = await greeted(await kept(tcpTarget((socket) => void socket.write('220 mail\r\n'))));
  expect(greeting.banner).toBe('220 mail\r\n');
});

it('one that hangs up on everybody', async () => {
  const target = await kept(tcpTarget((socket) => socket.destroy()));
  const { greeting } = await greeted(target);
  expect(greeting).not.toHaveProperty('http');
  expect(greeting).not.toHaveProperty('banner');
});

it('one that is silent costs no more than two time-outs, and is said to have timed out', async () => {
  const { greeting, sender } = await greeted(await kept(tcpTarget()), { answerMs: 300, wholeMs: 600 });
  expect(greeting).not.toHaveProperty('http');
  expect(sender.exchanges.map(({ sent, answered }) => [sent, answered])).toEqual([
    ['TLS handshake TLSv1.2 to TLSv1.3', 'timed-out'],
    ['GET /', 'timed-out'],
    ['wait for a greeting', 'timed-out'],
  ]);
  expect(sender.timedOut).toBe(3);
});

it('sends GET / and no credential, and never more than four connections', async () => {
  const target = await kept(tlsTarget(pair, saying(http('200 OK', ''))));
  await greeted(target);
  expect(target.received()).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
  expect(target.received()).not.toMatch(/authorization|cookie/i);
  expect(target.connections()).toBeLessThanOrEqual(4);
});
