import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testClock } from '../../test/support/api/clock.ts';
import { startIssuer, type TestIssuer } from '../../test/support/api/issuer.ts';
import { everywhere, nowhere, startApi, type TestApi } from '../../test/support/api/server.ts';
import { succeed } from '../core/failure.ts';
import { userIdOf } from '../fleet/user-id.ts';
import type { Caller } from '../service/handler.ts';
import { localAdmin, makeLocalToken } from './local-admin.ts';
import { createOidc } from './oidc.ts';
import { remoteKeys } from './oidc-keys.ts';

let api: TestApi;
let issuer: TestIssuer;
let caller: Caller | undefined;

beforeEach(async () => {
  issuer = await startIssuer(testClock());
  caller = undefined;
  api = await startApi({
    admins: [{ issuer: issuer.url, subject: 'root' }, { issuer: issuer.url, email: 'Boss@example.com' }, localAdmin],
    oidc: (clock) => createOidc({ issuers: [{ issuer: issuer.url, audience: 'gatehouse' }], keysOf: remoteKeys(clock), clock }),
    handlers: {
      'me.get': async (call) => {
        caller = call.caller;
        return succeed({ body: { actor: call.caller.actor, tenant: [], projects: [] } });
      },
      'teams.list': async () => succeed({ body: { items: [] } }),
    },
  });
});
afterEach(async () => {
  await api.close();
  await issuer.close();
});
const me = (token: string) => api.ask({ path: '/v1/me', token });
const teams = async (token: string) => (await api.ask({ path: '/v1/teams', token })).status;

describe('an API token', () => {
  it('is its owner’s, with a name of its own', async () => {
    const owner = await api.addUser('ada', everywhere);
    const { id, text } = await api.addToken(owner);
    expect((await me(text)).json?.actor).toEqual({ type: 'token', id, name: 'ci, token of ada' });
    expect(caller?.personId).toBe(owner.id);
  });
  it('with one character changed is none', async () => {
    const { text } = await api.addToken(await api.addUser('ada', everywhere));
    const last = text.endsWith('A') ? 'B' : 'A';
    for (const forged of [`${text.slice(0, -1)}${last}`, text.slice(0, -1), `${text}A`, text.toUpperCase(), text.replace('ght_', 'ghx_')])
      expect((await me(forged)).status).toBe(401);
    expect((await me(text)).status).toBe(200);
  });
  it('is dead with its owner', async () => {
    const owner = await api.addUser('ada', everywhere);
    const { text } = await api.addToken(owner);
    await api.records.users.remove(owner.id);
    expect((await me(text)).status).toBe(401);
  });
  it('is dead with the token it was made with', async () => {
    const owner = await api.addUser('ada', everywhere);
    const [stolen, made] = [await api.addToken(owner), await api.addToken(owner)];
    const change = (id: string, more: object) => api.records.tokens.update(id, (token) => succeed({ ...token, ...more }));
    await change(made.id, { madeWith: [stolen.id] });
    expect((await me(made.text)).status).toBe(200);
    await change(stolen.id, { revokedAt: api.clock.now() });
    expect((await me(made.text)).status).toBe(401);
    await api.records.tokens.remove(stolen.id);
    expect((await me(made.text)).status).toBe(401);
  });
  it('ends to the millisecond', async () => {
    const { text } = await api.addToken(await api.addUser('ada', everywhere), everywhere, 1);
    api.clock.advance(86_399);
    expect((await me(text)).status).toBe(200);
    api.clock.advance(1);
    expect((await me(text)).status).toBe(401);
  });
  it('says when it was used, to the hour, and is written once an hour', async () => {
    const { id, text } = await api.addToken(await api.addUser('ada', everywhere));
    api.clock.advance(90);
    await me(text);
    await me(text);
    expect(await api.records.tokens.get(id)).toMatchObject({ revision: 2, value: { lastUsedAt: '2026-11-27T12:00:00.000Z' } });
    api.clock.advance(3600);
    await me(text);
    expect(await api.records.tokens.get(id)).toMatchObject({ revision: 3, value: { lastUsedAt: '2026-11-27T13:00:00.000Z' } });
  });
  it('can do no more than its owner can by now', async () => {
    const owner = await api.addUser('ada', everywhere);
    const { text } = await api.addToken(owner);
    expect(await teams(text)).toBe(200);
    await api.records.users.update(owner.id, (user) => succeed({ ...user, assignments: nowhere }));
    expect(await teams(text)).toBe(403);
  });
  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'Bearer a b', 'Token x', 'Bearer a, Bearer b', `Bearer ${'x'.repeat(20_000)}`])(
    'is not seen in "%s"',
    async (authorization) => {
      expect((await api.ask({ path: '/v1/me', headers: { authorization } })).status).toBe(401);
    },
  );
  it('is not looked for in the query', async () => {
    const { text } = await api.addToken(await api.addUser('ada', everywhere));
    expect((await api.ask({ path: `/v1/me?access_token=${text}` })).status).toBe(401);
  });
});

describe('the owner of a service on one machine', () => {
  it('is made with a first token, and is an admin', async () => {
    const made = await makeLocalToken(api.records, api.clock);
    expect(made.ok && (await teams(made.value))).toBe(200);
    // lost: another one, for the same owner
    const again = await makeLocalToken(api.records, api.clock);
    expect(again.ok && (await teams(again.value))).toBe(200);
    expect(again).not.toEqual(made);
  });
});

describe('a sign-in', () => {
  it('makes a user, who is the same the next time', async () => {
    await me(await issuer.sign());
    const { value: user } = (await api.records.users.get(userIdOf(issuer.url, 'ada'))) ?? {};
    expect(user).toMatchObject({
      issuer: issuer.url,
      subject: 'ada',
      name: 'Ada',
      email: 'ada@example.com',
      lastSeenAt: '2026-11-27T12:00:00.000Z',
      assignments: nowhere,
    });
    const again = await me(await issuer.sign({ name: 'Renamed' }));
    expect(again.json?.actor).toEqual({ type: 'person', id: user?.id, name: 'Ada' });
  });
  it('with a name that is a command to a terminal makes a name of it', async () => {
    expect((await me(await issuer.sign({ name: '\u001b]0;root\u0007Ada\u202e\n' }))).json).toMatchObject({
      actor: { name: ']0;root Ada' },
    });
  });
  it('with an address that only looks like that of an admin makes nobody one', async () => {
    for (const email of ['boss@example.com\u0000', ' boss@example.com', 'boss@example.com\u200b'])
      expect(await teams(await issuer.sign({ sub: 'eve', email, email_verified: true }))).toBe(403);
    expect(await teams(await issuer.sign({ sub: 'eve', email: 'boss@example.com', email_verified: true }))).toBe(200);
  });
  it('many times at once makes one user', async () => {
    const token = await issuer.sign();
    const answers = await Promise.all(Array.from({ length: 6 }, () => me(token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  });
  it('fills in a user who was named before', async () => {
    const id = userIdOf(issuer.url, 'ada');
    await api.records.users.create({
      id,
      issuer: issuer.url,
      subject: 'ada',
      name: 'Countess',
      assignments: everywhere,
      createdAt: api.clock.now(),
    });
    expect(await teams(await issuer.sign())).toBe(200);
    expect((await api.records.users.get(id))?.value).toMatchObject({ name: 'Countess', email: 'ada@example.com' });
  });
  it('takes other algorithms of key pairs', async () => {
    expect((await me(await issuer.sign({}, { alg: 'RS256', kid: 'rsa' }, issuer.rsaKey))).status).toBe(200);
  });
  it('reads keys once', async () => {
    for (let times = 0; times < 3; times++) await me(await issuer.sign());
    expect(issuer.asked()).toBe(2);
  });

  const forgeries: [string, () => string | Promise<string>][] = [
    ['is not signed', () => issuer.unsigned()],
    ['is signed with a public key as a secret', () => issuer.confused()],
    ['is signed by a stranger', () => issuer.sign({}, {}, issuer.strangerKey)],
    ['names a key that is unknown', () => issuer.sign({}, { kid: 'other' })],
    [
      'was changed after it was signed',
      async () => {
        const [head, , signature] = (await issuer.sign()).split('.');
        return `${head}.${Buffer.from(JSON.stringify(issuer.claims({ sub: 'root' }))).toString('base64url')}.${signature}`;
      },
    ],
    ['is for somebody else', () => issuer.sign({ aud: 'other' })],
    ['is for nobody', () => issuer.sign({ aud: undefined })],
    ['is of an issuer that is not set up', () => issuer.sign({ iss: 'https://evil.example' })],
    ['is of no issuer', () => issuer.sign({ iss: undefined })],
    ['has expired', () => issuer.sign({ exp: issuer.seconds() - 31 })],
    ['never expires', () => issuer.sign({ exp: undefined })],
    ['was issued in the future', () => issuer.sign({ iat: issuer.seconds() + 300 })],
    ['was issued at no time', () => issuer.sign({ iat: undefined })],
    ['is too old, though not expired', () => issuer.sign({ iat: issuer.seconds() - 25 * 3600 })],
    ['is not valid yet', () => issuer.sign({ nbf: issuer.seconds() + 300 })],
    ['is of nobody', () => issuer.sign({ sub: undefined })],
    ['has an empty subject', () => issuer.sign({ sub: '' })],
    ['is a logout token', () => issuer.sign({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })],
    ['asks for an unknown extension', () => issuer.sign({}, { crit: ['x-new'], 'x-new': 1 })],
    ['is no token', () => 'a.b.c'],
  ];
  it.each(forgeries)('is refused when the token %s', async (_, forge) => {
    expect(await me(await forge())).toMatchObject({ status: 401, json: { code: 'credential-refused' } });
    expect(caller).toBeUndefined();
  });
  it('bears clocks that differ by half a minute', async () => {
    expect((await me(await issuer.sign({ exp: issuer.seconds() - 29, iat: issuer.seconds() - 600 }))).status).toBe(200);
    expect((await me(await issuer.sign({ iat: issuer.seconds() + 29 }))).status).toBe(200);
  });
  it('that has expired is recorded with whose it was', async () => {
    await me(await issuer.sign());
    await me(await issuer.sign({ exp: issuer.seconds() - 60 }));
    expect(await api.audited()).toEqual([
      expect.objectContaining({ action: 'me.get', outcome: 'refused', actor: expect.objectContaining({ name: 'Ada' }) }),
    ]);
  });
  it('that was forged is recorded as nobody’s', async () => {
    await me(await issuer.sign());
    await me(issuer.unsigned());
    expect(await api.audited()).toEqual([]);
  });
  it('says so when the issuer does not answer, and does not let anybody in', async () => {
    const token = await issuer.sign();
    await issuer.close();
    expect(await me(token)).toMatchObject({ status: 401, json: { detail: expect.stringContaining('try again') } });
    issuer = await startIssuer(api.clock);
  });
});

describe('what a person may do', () => {
  it('comes from the deployment for the first admins: by subject, or by an address that is vouched for', async () => {
    expect(await teams(await issuer.sign())).toBe(403);
    expect(await teams(await issuer.sign({ sub: 'root' }))).toBe(200);
    expect(await teams(await issuer.sign({ sub: 'b', email: 'boss@example.com' }))).toBe(200);
    expect(await teams(await issuer.sign({ sub: 'c', email: 'boss@example.com', email_verified: false }))).toBe(403);
    // the address is not vouched for any more
    expect(await teams(await issuer.sign({ sub: 'b', email: 'boss@example.com', email_verified: false }))).toBe(403);
  });
  it('comes from teams, by hand or by group, and is gone with the team at the next call', async () => {
    const member = await issuer.sign();
    await me(member);
    const team = { description: '', createdAt: api.clock.now(), assignments: everywhere };
    const [byHand, byGroup] = ['tem-00000000000a', 'tem-00000000000b'];
    await api.records.teams.create({ ...team, id: byHand, name: 'a', members: [userIdOf(issuer.url, 'ada')], groups: [] });
    expect(await teams(member)).toBe(200);
    await api.records.teams.remove(byHand);
    expect(await teams(member)).toBe(403);
    await api.records.teams.create({ ...team, id: byGroup, name: 'b', members: [], groups: ['platform'] });
    expect(await teams(await issuer.sign({ groups: ['platform'] }))).toBe(200);
    expect(await teams(await issuer.sign({ groups: ['other', { a: 1 }] }))).toBe(403);
    await api.records.teams.remove(byGroup);
    expect(await teams(await issuer.sign({ groups: ['platform'] }))).toBe(403);
  });
  it('comes from custom roles, as they are now', async () => {
    await api.records.roles.create({ id: 'rol-00000000000a', name: 'r', scope: 'tenant', builtIn: false, permissions: ['team.list'] });
    const { text } = await api.addToken(await api.addUser('eve', { tenantRoles: ['rol-00000000000a'], projects: [] }));
    expect(await teams(text)).toBe(200);
    await api.records.roles.update('rol-00000000000a', (role) => succeed({ ...role, permissions: ['team.get'] }));
    expect(await teams(text)).toBe(403);
  });
});
