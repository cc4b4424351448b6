import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makePki, type Pki } from '../../../test/support/certificates.ts';
import { connectionTo } from '../../../test/support/connection.ts';
import { answerJson, answerStatus, type Handler, startServer, type TestServer } from '../../../test/support/https-server.ts';
import { succeed } from '../../core/failure.ts';
import type { Connection, Credential } from './connection.ts';
import { type ConnectOptions, connectTo } from './index.ts';

let pki: Pki;
let server: TestServer;
let close = (): void => undefined;
beforeAll(async () => {
  pki = await makePki();
});
afterEach(async () => {
  close();
  await server.close();
});

const anything = z.object({ ok: z.boolean() });
const fine: Handler = (_, response) => answerJson(response, { ok: true });
const value = { ok: true, value: { ok: true } };

/** A client of a server that answers as told. */
const ask = async (
  handler: Handler,
  options: ConnectOptions = {},
  change: Partial<Connection> & { readonly credential?: Credential } = {},
) => {
  server = await startServer(handler, { certificate: pki.server });
  const connected = await connectTo(connectionTo(server.url, pki, change), { backoffMs: 1, ...options });
  if (!connected.ok) throw new Error(connected.failure.say);
  close = connected.value.close;
  const { access } = connected.value;
  return { access, read: () => access.get('/version', anything), write: () => access.create('/api/v1/pods', {}, anything) };
};

describe('tries again', () => {
  it.each([429, 500, 502, 503, 504])('a read that met %i', async (status) => {
    const { read, access } = await ask((request, response, count) =>
      count === 1 ? answerStatus(response, status, 'busy') : fine(request, response, count),
    );
    expect(await read()).toEqual(value);
    expect(access.requests).toBe(2);
  });

  it('a read whose connection broke off', async () => {
    const { read, access } = await ask((request, response, count) => (count === 1 ? response.destroy() : fine(request, response, count)));
    expect(await read()).toEqual(value);
    expect(access.requests).toBe(2);
  });

  it('a read whose answer was cut short', async () => {
    const { read, access } = await ask((request, response, count) => {
      if (count > 1) return fine(request, response, count);
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"ok":', () => response.destroy());
    });
    expect(await read()).toEqual(value);
    expect(access.requests).toBe(2);
  });

  it.each([429, 503])('after the time that the server asks for with %i', async (status) => {
    const { read } = await ask((request, response, count) =>
      count === 1 ? answerStatus(response, status, 'slow down', { 'retry-after': '1' }) : fine(request, response, count),
    );
    const before = performance.now();
    expect(await read()).toEqual(value);
    expect(performance.now() - before).toBeGreaterThanOrEqual(950);
  });

  it('a write only when it met 429, which says that nothing was done', async () => {
    const { write, access } = await ask((request, response, count) =>
      count === 1 ? answerStatus(response, 429, 'busy') : fine(request, response, count),
    );
    expect(await write()).toEqual(value);
    expect(access.requests).toBe(2);
  });
});

describe('does not try again', () => {
  it('a write that met a failure, for it may have been done', async () => {
    const { write, access } = await ask((_, response) => answerStatus(response, 500, 'etcdserver: request timed out'));
    expect(await write()).toMatchObject({
      failure: { code: 'cluster-overloaded', say: expect.stringContaining('failed to create pods (500): etcdserver: request timed out') },
    });
    expect(access.requests).toBe(1);
  });

  it('a write whose connection broke off', async () => {
    const { write, access } = await ask((_, response) => response.destroy());
    expect(await write()).toMatchObject({ failure: { code: 'cluster-unreachable', say: expect.stringContaining('broke off') } });
    expect(access.requests).toBe(1);
  });

  it('for ever', async () => {
    const { read, access } = await ask((_, response) => answerStatus(response, 429, 'busy'), { tries: 3 });
    expect(await read()).toMatchObject({ failure: { code: 'cluster-overloaded', say: expect.stringContaining('(429)') } });
    expect(access.requests).toBe(3);
  });

  it('an answer that stays cut short', async () => {
    const { read } = await ask(
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{', () => response.destroy());
      },
      { tries: 2 },
    );
    expect(await read()).toMatchObject({ failure: { code: 'answer-invalid', say: expect.stringContaining('cut short') } });
  });

  it('a compressed answer that stays cut short', async () => {
    const { read } = await ask(
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.write(Buffer.from('1f8b0800000000000003', 'hex'), () => response.destroy());
      },
      { tries: 2 },
    );
    expect(await read()).toMatchObject({ failure: { code: 'answer-invalid', say: expect.stringContaining('cut short') } });
  });

  it('a server that does not answer in time', async () => {
    const { read, access } = await ask(() => undefined, { timeoutMs: 100 });
    expect(await read()).toMatchObject({ failure: { code: 'timed-out', say: expect.stringContaining('did not answer in time (0.1 s)') } });
    expect(access.requests).toBe(1);
  });

  it('a body that does not end in time', async () => {
    const { read } = await ask((_, response) => void response.write('{'), { timeoutMs: 100 });
    expect(await read()).toMatchObject({ failure: { code: 'timed-out' } });
  });
});

describe('limits', () => {
  it('sends no more requests than its budget, retries included', async () => {
    const { read, access } = await ask((_, response) => answerStatus(response, 503, 'busy'), { maxRequests: 3 });
    expect(await read()).toMatchObject({
      failure: { code: 'cluster-overloaded', say: expect.stringContaining('has sent the 3 API requests') },
    });
    expect(access.requests).toBe(3);
    await read();
    expect(server.received).toHaveLength(3);
  });

  it('keeps to its requests per second once the reserve is used', async () => {
    const { read } = await ask(fine, { perSecond: 20, burst: 2 });
    const before = performance.now();
    await Promise.all(Array.from({ length: 8 }, read));
    expect(performance.now() - before).toBeGreaterThanOrEqual(280);
  });

  it('opens no more connections than allowed', async () => {
    const { read } = await ask((_, response) => void setTimeout(() => answerJson(response, { ok: true }), 20), { connections: 2 });
    await Promise.all(Array.from({ length: 8 }, read));
    expect(server.connections).toBe(2);
  });

  it.each(['during a request', 'between two tries', 'before a request'])('stops %s when cancelled', async (when) => {
    const stop = new AbortController();
    const handler: Handler =
      when === 'during a request' ? () => stop.abort() : (_, response) => answerStatus(response, 429, 'x', { 'retry-after': '20' });
    const { read } = await ask(handler, { signal: stop.signal });
    if (when === 'before a request') stop.abort();
    if (when === 'between two tries') setTimeout(() => stop.abort(), 50);
    expect(await read()).toMatchObject({ failure: { code: 'cancelled', say: 'The request to the API server was cancelled.' } });
    expect(server.received).toHaveLength(when === 'before a request' ? 0 : 1);
  });
});

describe('credentials', () => {
  it('sends a token, and impersonation headers as they are', async () => {
    const { read } = await ask(
      fine,
      {},
      {
        credential: { authorization: 'Bearer abc' },
        impersonation: { 'Impersonate-User': 'jane', 'Impersonate-Group': ['a', 'b'] },
      },
    );
    await read();
    expect(server.received[0]?.headers).toMatchObject({
      authorization: 'Bearer abc',
      'impersonate-user': 'jane',
      'impersonate-group': 'a, b',
    });
    expect(server.received[0]?.client).toBeUndefined();
  });

  it('asks once for another credential when the first is refused', async () => {
    const renewed: Credential[] = [];
    const { read } = await ask(
      (request, response, count) =>
        request.headers.authorization === 'Bearer new' ? fine(request, response, count) : answerStatus(response, 401, 'no'),
      {},
      {
        credentials: {
          kind: 'credential from x',
          current: async () => succeed({ authorization: 'Bearer old' }),
          renew: async (refused) => {
            renewed.push(refused);
            return succeed({ authorization: 'Bearer new' });
          },
        },
      },
    );
    expect(await read()).toEqual(value);
    expect(renewed).toEqual([{ authorization: 'Bearer old' }]);
  });

  it('says when the token that was refused had expired, and never the token', async () => {
    const payload = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url');
    const { read } = await ask(
      (_, response) => answerStatus(response, 401, 'Unauthorized'),
      {},
      { credential: { authorization: `Bearer aaaa.${payload}.bbbb` } },
    );
    const answer = await read();
    expect(answer).toMatchObject({
      failure: { code: 'credential-refused', say: expect.stringContaining('the token, which expired on 2023-11-14T22:13:20.000Z;') },
    });
    expect(JSON.stringify(answer)).not.toContain(payload);
  });
});
