import { createServer, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allowing, resolving } from '../../../test/support/addresses.ts';
import { makeCertificate, makePki, type Pki } from '../../../test/support/certificates.ts';
import { type Handler, startServer, type TestServer } from '../../../test/support/https-server.ts';
import { failed, succeed } from '../../core/failure.ts';
import type { WebhookDelivery } from '../../fleet/webhook.ts';
import { secretText, verifyWebhook } from '../../fleet/webhook-signature.ts';
import type { GatehouseEvent } from '../../ports/events.ts';
import { createWebhookSender, type WebhookSenderOptions, type WebhookTarget } from './sender.ts';

let pki: Pki;
const closing: (() => void | Promise<void>)[] = [];
beforeAll(async () => {
  pki = await makePki();
  const server = await makeCertificate({ name: 'hooks', by: pki.authority, hosts: ['hooks.test', '127.0.0.1'] });
  pki = { ...pki, server };
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const now = '2026-11-27T10:00:00.000Z';
const secret = secretText(new Uint8Array(32).fill(7));
const event: GatehouseEvent = {
  id: 'scan.completed:20261127T100000Z-cfg-0123456789abcdef',
  type: 'scan.completed',
  subject: 'projects/default/clusters/cls-0123456789ab',
  time: '2026-11-27T09:59:59.000Z',
  data: { scanId: '20261127T100000Z-cfg-0123456789abcdef', failed: 3, reason: undefined },
};
const serve = async (handler: Handler, isTls = true): Promise<TestServer> => {
  const server = await startServer(handler, isTls ? { certificate: pki.server } : {});
  closing.push(() => server.close());
  return server;
};
const answer =
  (...statuses: readonly number[]): Handler =>
  (_, response, count) =>
    void response.writeHead(statuses[Math.min(count, statuses.length) - 1] ?? 500).end();
const to = (url: string, change: Partial<WebhookTarget> = {}): WebhookTarget => ({
  id: 'whk-0123456789ab',
  url,
  secretName: 'hook',
  active: true,
  ...change,
});

const make = (change: Partial<WebhookSenderOptions> = {}) => {
  const waits: number[] = [];
  const remembered: (readonly [WebhookTarget, WebhookDelivery, boolean])[] = [];
  const sender = createWebhookSender({
    secrets: { get: async (name) => (name === 'hook' ? succeed(secret) : failed('not-found', 'There is none.')) },
    clock: { now: () => now },
    hosts: { patterns: ['127.0.0.1', '*.test'], isLoopbackAllowed: true },
    allow: allowing('127.0.0.1/32'),
    source: 'https://gatehouse.example.com',
    version: '0.1.0',
    sleep: async (ms) => void waits.push(ms),
    remember: async (...what) => void remembered.push(what),
    resolve: resolving(['127.0.0.1']),
    ca: pki.authority.cert,
    random: () => 0.5,
    ...change,
  });
  closing.push(sender.close);
  return { ...sender, waits, remembered };
};

it('posts a signed CloudEvent, which the receiver can prove', async () => {
  const server = await serve(answer(204));
  const { send, remembered, waits } = make();
  const delivery = {
    eventId: event.id,
    isSucceeded: true,
    message: `The receiver at 127.0.0.1:${server.port} took it (204).`,
    time: now,
    tries: 1,
  };
  expect(await send(to(`${server.url}/a?b=c`), event)).toEqual({ ok: true, value: delivery });
  expect(remembered).toEqual([[to(`${server.url}/a?b=c`), delivery, false]]);
  expect(waits).toEqual([]);
  const [got] = server.received;
  expect(got).toMatchObject({
    method: 'POST',
    url: '/a?b=c',
    headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8', 'user-agent': 'gatehouse/0.1.0' },
  });
  const { reason: _, ...data } = event.data;
  expect(JSON.parse(got?.body ?? '')).toEqual({
    specversion: '1.0',
    source: 'https://gatehouse.example.com',
    datacontenttype: 'application/json',
    ...event,
    data,
  });
  expect(verifyWebhook(secret, got?.headers ?? {}, got?.body ?? '', now)).toMatchObject({ ok: true });
  expect(verifyWebhook(secret, got?.headers ?? {}, `${got?.body} `, now)).toMatchObject({ ok: false });
});

it('tries again with the same id until it is taken', async () => {
  const server = await serve(answer(503, 429, 200));
  const { send, waits } = make();
  expect(await send(to(server.url), event)).toMatchObject({ value: { isSucceeded: true, tries: 3 } });
  expect(waits).toEqual([5_000, 20_000]);
  expect(new Set(server.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

it('gives up after five tries', async () => {
  const server = await serve(answer(500));
  const { send, remembered, waits } = make();
  const message = `The receiver at 127.0.0.1:${server.port} could not take it (500); look at its logs.`;
  expect(await send(to(server.url), event)).toEqual({
    ok: true,
    value: { eventId: event.id, isSucceeded: false, message, time: now, tries: 5 },
  });
  expect([server.received.length, waits, remembered.length]).toEqual([5, [5_000, 20_000, 80_000, 320_000], 1]);
});

it('waits as long as the receiver asks for', async () => {
  const server = await serve((_, response, count) => void response.writeHead(count === 1 ? 429 : 200, { 'retry-after': '77' }).end());
  const { send, waits } = make();
  expect(await send(to(server.url), event)).toMatchObject({ value: { isSucceeded: true } });
  expect(waits).toEqual([77_000]);
});

it('switches a webhook off whose receiver is gone', async () => {
  const server = await serve(answer(410));
  const { send, remembered } = make();
  expect(await send(to(server.url), event)).toMatchObject({
    value: { isSucceeded: false, tries: 1, message: expect.stringContaining('gone for good (410), so the webhook was switched off') },
  });
  expect(remembered[0]?.[2]).toBe(true);
});

it('follows no redirect', async () => {
  const elsewhere = await serve(answer(200));
  const server = await serve((_, response) => void response.writeHead(307, { location: elsewhere.url }).end());
  expect(await make().send(to(server.url), event)).toMatchObject({
    value: {
      isSucceeded: false,
      tries: 1,
      message: `The receiver at 127.0.0.1:${server.port} sends elsewhere (307), which is not followed; store the address that it leads to.`,
    },
  });
  expect([server.received.length, elsewhere.connections]).toEqual([1, 0]);
});

it('tries a refusal once', async () => {
  const server = await serve(answer(403));
  expect(await make().send(to(server.url), event)).toMatchObject({
    value: {
      isSucceeded: false,
      tries: 1,
      message: `The receiver at 127.0.0.1:${server.port} did not take it (403); check address and secret.`,
    },
  });
});

it('waits neither for a slow receiver nor for the end of an endless answer', async () => {
  const slow = await serve(() => undefined);
  expect(await make({ timeoutMs: 100 }).sendOnce(to(slow.url), event)).toMatchObject({
    is: 'later',
    say: expect.stringContaining('did not answer in time (0.1 s)'),
  });
  let written = 0;
  const endless = await serve((_, response) => {
    response.writeHead(200);
    const more = (): void => {
      if (response.destroyed) return;
      written += 16_384;
      response.write(Buffer.alloc(16_384), () => setImmediate(more));
    };
    more();
  });
  expect(await make().sendOnce(to(endless.url), event)).toMatchObject({ is: 'taken' });
  expect(written).toBeLessThan(64 * 2 ** 20);
  const trickling = await serve((_, response) => void response.writeHead(202).write('a'));
  expect(await make({ timeoutMs: 1_500 }).sendOnce(to(trickling.url), event)).toMatchObject({ is: 'taken' });
});

it('ends at once when it is cancelled, under way or while it waits', async () => {
  const stop = new AbortController();
  const hanging = await serve(() => stop.abort());
  const first = make();
  expect(await first.send(to(hanging.url), event, stop.signal)).toMatchObject({ failure: { code: 'cancelled' } });
  const later = new AbortController();
  const busy = await serve(answer(503));
  const second = make({ sleep: async () => later.abort() });
  expect(await second.send(to(busy.url), event, later.signal)).toMatchObject({ failure: { code: 'cancelled' } });
  expect([first.remembered, second.remembered, busy.received.length]).toEqual([[], [], 1]);
});

it('trusts no certificate of a stranger, and tells a broken connection', async () => {
  const stranger = await startServer(answer(200), { certificate: await makeCertificate({ name: 'x' }) });
  closing.push(() => stranger.close());
  const { sendOnce } = make();
  expect(await sendOnce(to(stranger.url), event)).toEqual({
    is: 'later',
    say: `The certificate of the receiver at 127.0.0.1:${stranger.port} is not trusted because it is self-signed; renew it there.`,
  });
  expect(stranger.received).toEqual([]);
  await stranger.close();
  expect(await sendOnce(to(stranger.url), event)).toMatchObject({ is: 'later', say: expect.stringContaining('refused the connection') });
});

describe('sends nothing', () => {
  /** A port that counts who comes. */
  const listen = async (host: string) => {
    const visitors: Socket[] = [];
    const server = createServer((socket) => void visitors.push(socket.on('error', () => socket.destroy())));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    closing.push(() => {
      for (const socket of visitors) socket.destroy();
      server.close();
    });
    const address = server.address();
    return { port: typeof address === 'object' && address !== null ? address.port : 0, visitors };
  };

  it('to a host that is not allowed any more', async () => {
    const server = await serve(answer(200));
    const { send } = make({ hosts: { patterns: ['hooks.test'], isLoopbackAllowed: true } });
    expect(await send(to(server.url), event)).toMatchObject({
      value: {
        isSucceeded: false,
        tries: 1,
        message: expect.stringContaining('may not point to the host 127.0.0.1 (allowed are hooks.test)'),
      },
    });
    expect(server.connections).toBe(0);
    expect(await send(to(`https://hooks.test:${server.port}`), event)).toMatchObject({ value: { isSucceeded: true } });
  });

  it('to an address that a good name leads to only now', async () => {
    const victim = await listen('127.0.0.2');
    const server = await serve(answer(503));
    const sender = make({ resolve: resolving(['127.0.0.1'], ['127.0.0.2']) });
    const target = to(`https://hooks.test:${server.port}`);
    expect(await sender.sendOnce(target, event)).toMatchObject({ is: 'later' });
    expect(await sender.sendOnce(to(`https://hooks.test:${victim.port}`), event)).toEqual({
      is: 'refused',
      say: `The receiver at hooks.test:${victim.port} is not contacted because it leads to an address that is outside the addresses that may be connected to (public addresses, 127.0.0.1/32); correct the address, or ask whoever runs Gatehouse to allow it.`,
    });
    expect(victim.visitors).toEqual([]);
  });

  it.each([
    ['loopback', ['127.0.0.1'], 'is a loopback address'],
    ['the metadata service', ['169.254.169.254'], 'belongs to the metadata service of a cloud'],
    ['a private network', ['10.0.0.1'], 'is outside the addresses that may be connected to (public addresses, 127.0.0.1/32)'],
    [
      'a public address and a private one',
      ['203.0.113.1', '10.0.0.1'],
      'is outside the addresses that may be connected to (public addresses, 127.0.0.1/32)',
    ],
  ])('to %s behind an allowed name', async (_, addresses, why) => {
    const { sendOnce } = make({ hosts: { patterns: ['*.test'] }, resolve: resolving(addresses) });
    expect(await sendOnce(to('https://hooks.test'), event)).toMatchObject({
      is: 'refused',
      say: expect.stringContaining(`it leads to an address that ${why};`),
    });
  });

  it('without TLS, unless it stays on this machine and that is allowed', async () => {
    const server = await serve(answer(200), false);
    expect(await make().sendOnce(to(server.url), event)).toMatchObject({ is: 'taken' });
    expect(await make({ hosts: { patterns: ['127.0.0.1'] } }).sendOnce(to(server.url), event)).toMatchObject({
      is: 'refused',
      say: expect.stringContaining('use https://'),
    });
    expect(server.received).toHaveLength(1);
  });

  it('unsigned', async () => {
    const server = await serve(answer(200));
    const say = 'The secret of the webhook is not there or cannot be used, so nothing was sent; make a new one.';
    expect(await make().sendOnce(to(server.url, { secretName: 'other' }), event)).toEqual({ is: 'refused', say });
    expect(await make({ secrets: { get: async () => succeed('short') } }).sendOnce(to(server.url), event)).toEqual({ is: 'refused', say });
    const down = { get: async () => failed('timed-out', 'Down.') };
    expect(await make({ secrets: down }).sendOnce(to(server.url), event)).toMatchObject({ is: 'later' });
    expect(server.connections).toBe(0);
  });
});

it('sends to one host four at a time, and a host that is slow holds up no other one', async () => {
  const [held, full] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let open = 0;
  let most = 0;
  const slow = await serve(async (_, response) => {
    most = Math.max(most, ++open);
    if (open === 4) full.resolve();
    await held.promise;
    open -= 1;
    response.writeHead(204).end();
  });
  const quick = await serve(answer(204));
  const { sendOnce } = make();
  const waiting = Array.from({ length: 20 }, () => sendOnce(to(slow.url), event));
  await full.promise;
  expect((await sendOnce(to(quick.url), event)).is).toBe('taken');
  held.resolve();
  expect((await Promise.all(waiting)).map(({ is }) => is)).toEqual(Array(20).fill('taken'));
  expect(most).toBe(4);
});
