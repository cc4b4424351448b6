import { execFile, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { allowing } from '../../../test/support/addresses.ts';
import { doorOf, patientLimits, saying, senderTo, shortLimits, type Target, tcpTarget } from '../../../test/support/probe-targets.ts';
import type { Door, ProbeRequest } from '../../core/probing/index.ts';
import { createAddressGuard } from '../network/address-guard.ts';
import { noConnection } from './line.ts';

const targets: Target[] = [];
const kept = async (target: Promise<Target>): Promise<Target> => {
  const one = await target;
  targets.push(one);
  return one;
};
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

const page = saying('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi');
const get: ProbeRequest = { is: 'http', over: 'plain', method: 'GET', path: '/' };
const everyKind: readonly ProbeRequest[] = [
  get,
  { ...get, over: 'tls' },
  { is: 'tls', from: 'TLSv1', to: 'TLSv1.3' },
  { is: 'hello', version: 'TLSv1.2', suites: [0x000a] },
  { is: 'tcp', over: 'plain', send: '00' },
  { is: 'tcp', over: 'tls' },
  { is: 'udp', send: '00' },
];

it.each(['127.0.0.1', '::1'])('tells open from closed at %s', async (address) => {
  const target = await kept(tcpTarget(() => {}, address));
  const sender = senderTo([doorOf(target)]);
  expect(await sender.knock(doorOf(target))).toBe('open');
  await target.close();
  expect(await sender.knock(doorOf(target))).toBe('closed');
  expect(await sender.send(doorOf(target), get, 'p')).toMatchObject({ is: 'none', why: 'closed' });
});

it('calls filtered what no network leads to', async () => {
  const door = doorOf({ address: '127.255.255.255', port: 9 });
  expect(await senderTo([door]).knock(door)).toBe('filtered');
});

it('calls filtered what does not answer in time', async () => {
  const script =
    "const s = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  // nobody accepts any more, and once the queue is full the kernel drops who knocks
  child.kill('SIGSTOP');
  const queue = Array.from({ length: 6 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  await Promise.all(queue.slice(0, 2).map((socket) => once(socket, 'connect')));
  const door = doorOf({ address: '127.0.0.1', port });
  const sender = senderTo([door], { limits: { connectMs: 300 } });
  expect(await sender.knock(door)).toBe('filtered');
  expect(await sender.send(door, get, 'p')).toMatchObject({ why: 'filtered', detail: 'no answer within 0.3 s' });
  expect(sender.timedOut).toBe(0);
  for (const socket of queue) socket.destroy();
  child.kill('SIGKILL');
});

it('contacts nothing outside the allow-list, whatever the kind of request and whatever the host', async () => {
  const allowed = await kept(tcpTarget(page));
  const otherPort = await kept(tcpTarget(page));
  const otherAddress = await kept(tcpTarget(page, '127.0.0.2'));
  const datagrams: Buffer[] = [];
  const udp = dgram.createSocket('udp4').on('message', (message) => datagrams.push(message));
  udp.bind(0, '127.0.0.2');
  await once(udp, 'listening');
  const sender = senderTo([doorOf(allowed)]);
  const forbidden: readonly Door[] = [
    doorOf(otherPort),
    doorOf(otherAddress),
    doorOf({ address: '127.0.0.2', port: allowed.port }),
    doorOf({ address: 'localhost', port: allowed.port }),
    doorOf(allowed, { transport: 'udp' }),
    doorOf({ address: '127.0.0.2', port: udp.address().port }, { transport: 'udp' }),
  ];
  for (const door of forbidden) {
    expect(await sender.knock(door)).toBe('forbidden');
    for (const request of everyKind) expect(await sender.send(door, request, 'p')).toMatchObject({ is: 'none', why: 'forbidden' });
  }
  // the host of an allowed door opens nothing either
  const named = doorOf(allowed, { host: '127.0.0.2' });
  const asked = doorOf(allowed, { host: `127.0.0.2:${otherAddress.port}` });
  for (const door of [named, asked]) expect(await sender.send(door, get, 'p')).toMatchObject({ is: 'http', status: 200 });
  expect(allowed.received()).toContain(`host: 127.0.0.2:${otherAddress.port}\r\n`);
  expect([otherPort.connections(), otherAddress.connections(), datagrams.length]).toEqual([0, 0, 0]);
  // the others are really there
  expect(await senderTo([doorOf(otherAddress)]).send(doorOf(otherAddress), get, 'p')).toMatchObject({ is: 'http' });
  expect(otherAddress.connections()).toBe(1);
  udp.close();
});

it('follows no redirect', async () => {
  const other = await kept(tcpTarget(page, '127.0.0.2'));
  const location = `http://127.0.0.2:${other.port}/`;
  const target = await kept(tcpTarget(saying(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`)));
  const sender = senderTo([doorOf(target), doorOf(other)]);
  expect(await sender.send(doorOf(target), get, 'p')).toMatchObject({ is: 'http', status: 302, headers: { location } });
  expect([target.connections(), other.connections()]).toEqual([1, 0]);
});

it('connects only where whoever runs Gatehouse lets it', async () => {
  const target = await kept(tcpTarget(page));
  const guard = createAddressGuard({ allow: allowing('127.0.0.0/8') });
  const sender = senderTo([doorOf(target)], { guard });
  expect(await sender.knock(doorOf(target))).toBe('forbidden');
  expect(await sender.send(doorOf(target), get, 'p')).toMatchObject({ why: 'forbidden', detail: 'it is a loopback address' });
  expect(target.connections()).toBe(0);
});

it('asks for secrets of the machine from inside a pod only, and passes no credential on', async () => {
  const target = await kept(tcpTarget(page));
  const door = doorOf(target, { place: 'metadata' });
  expect(await senderTo([door]).knock(door)).toBe('forbidden');
  const inside = senderTo([door], { vantage: 'internal' });
  expect(await inside.send(door, { ...get, headers: { Authorization: 'Bearer x' } }, 'p')).toMatchObject({ why: 'forbidden' });
  expect(target.connections()).toBe(0);
  expect(await inside.send(door, get, 'p')).toMatchObject({ is: 'http' });
});

it.each([
  ['per target', { atOncePerTarget: 3 }],
  ['in all', { atOnce: 3 }],
])('keeps to the cap %s: never more unanswered requests than allowed', async (_, caps) => {
  const waiting: Socket[] = [];
  let most = 0;
  let left = 12;
  const answerAll = (): void => {
    left -= waiting.length;
    for (const one of waiting.splice(0)) one.end('HTTP/1.1 204 No Content\r\n\r\n');
  };
  const target = await kept(
    tcpTarget((socket) =>
      socket.once('data', () => {
        waiting.push(socket);
        most = Math.max(most, waiting.length);
        // whoever else could come has time to
        if (waiting.length === Math.min(3, left)) setTimeout(answerAll, 100);
      }),
    ),
  );
  const door = doorOf(target);
  const sender = senderTo([door], { limits: { ...patientLimits, perSecond: 10_000, atOncePerTarget: 40, ...caps } });
  const answers = await Promise.all(Array.from({ length: 12 }, () => sender.send(door, get, 'p')));
  expect(answers.every((answer) => answer.is === 'http' && answer.status === 204)).toBe(true);
  expect([target.connections(), most]).toEqual([12, 3]);
});

it('notes every request with its answer, and tells the target who asks', async () => {
  const target = await kept(tcpTarget(page));
  const silent = await kept(tcpTarget());
  const door = doorOf(target, { host: 'shop.example' });
  const sender = senderTo([door, doorOf(silent)], { limits: shortLimits });
  await sender.knock(door);
  await sender.send(door, get, 'exposure/x/y');
  await sender.send(doorOf(silent), { is: 'tcp', over: 'plain' }, 'greeting');
  await sender.knock(doorOf({ address: '192.0.2.1', port: 1 }));
  const endpoint = `127.0.0.1:${target.port}`;
  expect(sender.exchanges).toEqual([
    { probe: 'knock', endpoint, sent: 'TCP connect', answered: 'open' },
    { probe: 'exposure/x/y', endpoint, host: 'shop.example', sent: 'GET /', answered: '200' },
    { probe: 'greeting', endpoint: `127.0.0.1:${silent.port}`, sent: 'wait for a greeting', answered: 'timed-out' },
    { probe: 'knock', endpoint: '192.0.2.1:1', sent: 'TCP connect', answered: 'forbidden' },
  ]);
  expect(sender.timedOut).toBe(1);
  expect(target.received()).toContain(
    'host: shop.example\r\nuser-agent: gatehouse/1.2.3 (scan scan-1; probe exposure/x/y)\r\nconnection: close\r\n',
  );
});

it.each(['signal', 'close'])('stops at once, what goes on and what waits (%s)', async (how) => {
  const silent = await kept(tcpTarget());
  const stop = new AbortController();
  const sender = senderTo([doorOf(silent)], { signal: stop.signal, limits: { ...patientLimits, atOnce: 1 } });
  const answers = [sender.send(doorOf(silent), get, 'p'), sender.send(doorOf(silent), get, 'p')];
  await expect.poll(silent.received).toContain('GET /');
  if (how === 'signal') stop.abort();
  else sender.close();
  for (const answer of answers) expect(await answer).toMatchObject({ why: 'cancelled' });
  expect(await sender.send(doorOf(silent), get, 'p')).toMatchObject({ why: 'cancelled' });
  expect(silent.connections()).toBe(1);
});

it.each([
  ['the door', { doorMs: 500 }, false],
  ['the address', { slowPerTargetMs: 500 }, true],
  ['all', { slowInAllMs: 500 }, true],
])('asks no more where %s has kept it waiting for too long', async (_, limits, isForAll) => {
  const silent = await kept(tcpTarget());
  const other = await kept(tcpTarget(page));
  const sender = senderTo([doorOf(silent), doorOf(other)], { limits: { ...shortLimits, slowMs: 100, ...limits } });
  const ask = () => sender.send(doorOf(silent), get, 'p');
  for (const _turn of [1, 2]) expect(await ask()).toMatchObject({ why: 'timed-out', detail: 'no answer within 0.4 s' });
  expect(await ask()).toMatchObject({ why: 'timed-out', detail: expect.stringContaining('not asked any more') });
  expect(silent.connections()).toBe(2);
  // nothing is told that was not sent
  expect(sender.exchanges).toHaveLength(2);
  expect(await sender.send(doorOf(other), get, 'p')).toMatchObject(isForAll ? { is: 'none', why: 'timed-out' } : { is: 'http' });
});

/** Uses up every file this process may open, knocks, gives them back, and knocks again. */
const withoutSockets = (port: number): string => `
  import { closeSync, openSync } from 'node:fs';
  import { createProbeSender } from '${new URL('./index.ts', import.meta.url)}';
  const door = { address: '127.0.0.1', port: ${port}, transport: 'tcp', place: 'node', subject: { kind: 'Node', name: 'w' }, owner: 'u', hints: [], published: false };
  const udp = { ...door, transport: 'udp' };
  const sender = createProbeSender({ scanId: 's', version: '1', vantage: 'external', doors: [door, udp] });
  const before = await sender.knock(door);
  const files = [];
  try { for (;;) files.push(openSync('/dev/null')); } catch {}
  const without = await sender.knock(door);
  const sent = await sender.send(door, { is: 'http', over: 'plain', method: 'GET', path: '/' }, 'p');
  const datagram = await sender.send(udp, { is: 'udp', send: '00' }, 'p');
  files.forEach((file) => closeSync(file));
  const after = await sender.knock(door);
  console.log(JSON.stringify({ before, without, sent: sent.why, datagram: datagram.why, after, answers: sender.exchanges.map((one) => one.answered) }));
`;

it('a machine without sockets could not look: that is no filtered port', async () => {
  const target = await kept(tcpTarget());
  const run = promisify(execFile)('sh', [
    '-c',
    'ulimit -n 64; exec "$0" --input-type=module --eval "$1"',
    process.execPath,
    withoutSockets(target.port),
  ]);
  expect(JSON.parse((await run).stdout)).toEqual({
    before: 'open',
    without: 'unable',
    sent: 'local-fault',
    datagram: 'local-fault',
    after: 'open',
    answers: ['open', 'local-fault EMFILE', 'local-fault EMFILE', 'local-fault EMFILE', 'open'],
  });
});

it.each<readonly [code: string, why: string]>([
  ['ECONNREFUSED', 'closed'],
  ['ECONNRESET', 'hung-up'],
  ['EHOSTUNREACH', 'filtered'],
  ['ENETUNREACH', 'filtered'],
  ['ETIMEDOUT', 'filtered'],
  ...['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'ENETDOWN', 'EACCES', 'EPERM'].map(
    (code) => [code, 'local-fault'] as const,
  ),
])('%s is %s', (code, why) => {
  expect(noConnection(Object.assign(new Error(code), { code })).why).toBe(why);
});
