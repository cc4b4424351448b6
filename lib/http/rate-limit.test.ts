import { describe, expect, it } from 'vitest';
import { testClock } from '../../test/support/api/clock.ts';
import { everywhere, startApi } from '../../test/support/api/server.ts';
import { succeed } from '../core/failure.ts';
import { createRateLimit, networkOf } from './rate-limit.ts';

describe('a bucket', () => {
  it('allows a burst, then as much as flows in', () => {
    const clock = testClock();
    const take = createRateLimit({ burst: 3, perSecond: 0.5 }, clock);
    for (let times = 0; times < 3; times++) take('a');
    expect(() => take('a')).toThrow('wait 2 s');
    take('b');
    clock.advance(2);
    take('a');
    expect(() => take('a')).toThrow('Too many requests');
    clock.advance(3600);
    for (let times = 0; times < 3; times++) take('a');
    expect(() => take('a')).toThrow('Too many requests');
  });
  it('can be looked at without taking anything', () => {
    const clock = testClock();
    const take = createRateLimit({ burst: 1, perSecond: 1 }, clock);
    for (let times = 0; times < 3; times++) take.look('a');
    take('a');
    expect(() => take.look('a')).toThrow('wait 1 s');
    clock.advance(1);
    take.look('a');
    take('a');
  });
  it('is forgotten only when there are very many', () => {
    const clock = testClock();
    const take = createRateLimit({ burst: 1, perSecond: 0.001 }, clock);
    take('first');
    for (let who = 0; who < 5000; who++) take(`other ${who}`);
    expect(() => take('first')).toThrow('Too many requests');
    for (let who = 5000; who < 16_000; who++) take(`other ${who}`);
    expect(() => take('first')).not.toThrow();
  });
});

describe('addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('over HTTP', () => {
  it('a caller who asks too much waits; others do not', async () => {
    const api = await startApi({
      limits: { principal: { burst: 2, perSecond: 1 } },
      handlers: { 'projects.list': async () => succeed({ body: { items: [] } }) },
    });
    const eager = await api.adminToken();
    const calm = (await api.addToken(await api.addUser('calm', everywhere))).text;
    const list = (token: string) => api.ask({ path: '/v1/projects', token });
    expect([(await list(eager)).status, (await list(eager)).status]).toEqual([200, 200]);
    expect(await list(eager)).toMatchObject({ status: 429, json: { code: 'rate-limited' }, headers: { 'retry-after': '1' } });
    expect((await list(calm)).status).toBe(200);
    api.clock.advance(1);
    expect((await list(eager)).status).toBe(200);
    expect(await api.audited()).toEqual([]);
    await api.close();
  });
  it('an address with bad tokens waits; who was here before goes on from it', async () => {
    const api = await startApi({
      limits: { address: { burst: 2, perSecond: 1 } },
      handlers: { 'projects.list': async () => succeed({ body: { items: [] } }) },
    });
    const list = (token?: string) => api.ask({ path: '/v1/projects', token });
    const known = await api.adminToken();
    const unknown = (await api.addToken(await api.addUser('new', everywhere))).text;
    expect((await list(known)).status).toBe(200);
    expect([(await list('bad')).status, (await list()).status, (await list('bad')).status]).toEqual([401, 401, 429]);
    expect((await list(known)).status).toBe(200);
    expect((await list(unknown)).status).toBe(429);
    api.clock.advance(1);
    expect((await list(unknown)).status).toBe(200);
    await api.close();
  });
});
