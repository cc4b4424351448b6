import dgram from 'node:dgram';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { makeCertificate } from '../../../test/support/certificates.ts';
import {
  doorOf,
  endlessly,
  saying,
  senderTo,
  shortLimits,
  type Target,
  tcpTarget,
  tlsTarget,
} from '../../../test/support/probe-targets.ts';
import type { ProbeAnswer, TcpRequest } from '../../core/probing/index.ts';

const targets: Target[] = [];
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

const ask = async (served: Promise<Target>, more: Partial<TcpRequest> = {}): Promise<ProbeAnswer> => {
  const target = await served;
  targets.push(target);
  const limits = { ...shortLimits, answerMs: 600 };
  return senderTo([doorOf(target)], { limits }).send(doorOf(target), { is: 'tcp', over: 'plain', ...more }, 'p');
};

it('waits for a greeting', async () => {
  expect(await ask(tcpTarget((socket) => socket.write('SSH-2.0-é\r\n', 'latin1')))).toEqual({
    is: 'bytes',
    bytes: Buffer.from('SSH-2.0-é\r\n', 'latin1').toString('hex'),
    text: 'SSH-2.0-é\r\n',
  });
});

it('sends bytes and reads the answer, over TLS, too', async () => {
  const echo = (socket: Socket): void => {
    socket.on('data', (bytes) => socket.write(bytes));
  };
  const secure = tlsTarget(await makeCertificate({ name: 'server' }), echo);
  expect(await ask(tcpTarget(echo), { send: '50494e47' })).toMatchObject({ text: 'PING' });
  expect(await ask(secure, { send: '50494e47', over: 'tls' })).toMatchObject({ text: 'PING' });
});

it('puts together what comes in pieces until it is quiet', async () => {
  const pieces = (socket: Socket): void => {
    socket.write('a');
    setTimeout(() => socket.write('b'), 5);
  };
  expect(await ask(tcpTarget(pieces))).toMatchObject({ text: 'ab' });
  expect(await ask(tcpTarget(saying('whole')), { send: '00' })).toMatchObject({ text: 'whole' });
});

it('reads no more than it was told to', async () => {
  const target = tcpTarget(endlessly('', 'x'.repeat(65_536)));
  expect(await ask(target, { send: '00', mostBytes: 10 })).toMatchObject({ text: 'x'.repeat(10) });
  expect((await target).sent()).toBeLessThan(16 * 1024 * 1024);
});

it('takes a drip for what came of it by the end', async () => {
  const drip = tcpTarget((socket) => {
    const timer = setInterval(() => socket.write('.'), 20);
    socket.once('close', () => clearInterval(timer));
  });
  expect(await ask(drip)).toMatchObject({ is: 'bytes', text: expect.stringMatching(/^\.{2,}$/) });
});

it.each([
  ['says nothing', () => {}, 'timed-out'],
  ['ends', (socket: Socket) => socket.end(), 'hung-up'],
  ['accepts and resets', (socket: Socket) => socket.resetAndDestroy(), 'hung-up'],
] as const)('has no answer of a server that %s', async (_, serve, why) => {
  expect(await ask(tcpTarget(serve))).toMatchObject({ is: 'none', why });
});

const udpDoor = (port: number, address = '127.0.0.1') => doorOf({ address, port }, { transport: 'udp' });

it.each(['127.0.0.1', '::1'])('sends a datagram to %s and takes the answer of that address only', async (address) => {
  const server = dgram.createSocket(address === '::1' ? 'udp6' : 'udp4');
  const stranger = dgram.createSocket(address === '::1' ? 'udp6' : 'udp4');
  server.on('message', (message, from) => {
    stranger.send('strange', from.port, from.address, () => server.send(`re: ${message}`, from.port, from.address));
  });
  server.bind(0, address);
  await once(server, 'listening');
  const door = udpDoor(server.address().port, address);
  const sender = senderTo([door]);
  expect(await sender.knock(door)).toBe('open');
  expect(await sender.send(door, { is: 'udp', send: '6869' }, 'p')).toMatchObject({ is: 'bytes', text: 're: hi' });
  expect(sender.exchanges).toHaveLength(1);
  server.close();
  stranger.close();
  expect(await sender.send(door, { is: 'udp', send: '6869' }, 'p')).toMatchObject({ is: 'none', why: 'closed' });
});

it('does not count silence over UDP', async () => {
  const server = dgram.createSocket('udp4');
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const door = udpDoor(server.address().port);
  const sender = senderTo([door], { limits: shortLimits });
  expect(await sender.send(door, { is: 'udp', send: '00' }, 'p')).toMatchObject({ is: 'none', why: 'timed-out' });
  expect(sender.timedOut).toBe(0);
  server.close();
});
