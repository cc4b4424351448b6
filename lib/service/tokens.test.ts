import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { callOf, createServicePorts, grantsOf, type Held, personWith, type TestService } from '../../test/support/service.ts';
import type { Assignments } from '../fleet/people.ts';
import { isTokenOf, tokenIdOf } from '../fleet/token-text.ts';
import { ensureDefaults } from './default-project.ts';
import type { Caller } from './handler.ts';
import { findBuiltInRole } from './role-book.ts';
import { tokensHandlers } from './tokens.ts';

let service: TestService;
let tokens: ReturnType<typeof tokensHandlers>;
beforeEach(async () => {
  service = createServicePorts();
  tokens = tokensHandlers(service.ports);
  must(await ensureDefaults(service.ports));
});
afterEach(() => service.close());

const viewing: Held = { projects: { default: findBuiltInRole('cluster-viewer')?.permissions ?? [] } };
const one = personWith(viewing);
const other = personWith(viewing, 'usr-00000000000b');
const usingToken = (id: string, { personId, grants }: Caller): Caller => ({
  actor: { type: 'token', id, name: 'ci' },
  personId,
  grants,
});
const holding = (caller: Caller, ...tenant: string[]): Caller => ({ ...caller, grants: grantsOf({ ...viewing, tenant }) });
const inDefault = (...roles: string[]): Assignments => ({ tenantRoles: [], projects: [{ projectId: 'default', roles }] });

const create = (caller: Caller, days = 90, assignments = inDefault('cluster-viewer')) =>
  tokens['tokens.create'](callOf<'tokens.create'>(caller, { body: { name: 'ci', days, assignments } }));
const revoke = (caller: Caller, tokenId: string) => tokens['tokens.revoke'](callOf<'tokens.revoke'>(caller, { params: { tokenId } }));
const list = async (caller: Caller) =>
  must(await tokens['tokens.list'](callOf<'tokens.list'>(caller, { query: { limit: 50 } }))).body.items;

it('shows the text once and keeps only its hash, which it never shows', async () => {
  const { body } = must(await create(one));
  expect(tokenIdOf(body.token)).toBe(body.id);
  const stored = must(await service.ports.records.tokens.need(body.id)).value;
  expect(isTokenOf(body.token, stored.hash)).toBe(true);
  expect(JSON.stringify(stored)).not.toContain(body.token);
  expect(JSON.stringify(await list(one))).not.toContain(stored.hash);
  expect(body).not.toHaveProperty('hash');
  expect(body).toMatchObject({ owner: one.actor, createdAt: '2026-11-27T12:00:00.000Z', expiresAt: '2027-02-25T12:00:00.000Z' });
});

it('gives a token no more than the caller may', async () => {
  expect(codeOf(await create(one, 90, inDefault('cluster-admin')))).toBe('permission-missing');
  expect(codeOf(await create(one, 90, { tenantRoles: ['tenant-admin'], projects: [] }))).toBe('permission-missing');
  must(await create(personWith({ tenant: ['*'] }), 90, { tenantRoles: ['tenant-admin'], projects: [] }));
});

it('lets a token make one for its owner, which does not outlive it', async () => {
  const { body: first } = must(await create(one, 7));
  service.pass(60);
  const { body: second } = must(await create(usingToken(first.id, one), 90));
  expect(second).toMatchObject({ owner: one.actor, expiresAt: first.expiresAt });
  const { body: shorter } = must(await create(usingToken(first.id, one), 1));
  expect(shorter.expiresAt).toBe('2026-11-28T13:00:00.000Z');
});

it('remembers the tokens that one was made with, shows them to nobody, and lets the chain not grow for ever', async () => {
  let used = must(await create(one)).body.id;
  const chain = [used];
  for (let length = 1; length <= 3; length++) {
    used = must(await create(usingToken(used, one))).body.id;
    expect((await service.ports.records.tokens.get(used))?.value.madeWith).toEqual(chain);
    chain.push(used);
  }
  expect(sayOf(await create(usingToken(used, one)))).toContain('was made with a token that was made with a token');
  expect(JSON.stringify(await list(one))).not.toContain('madeWith');
});

it('makes none for who is no person', async () => {
  const pipeline: Caller = { ...one, actor: { type: 'pipeline', id: 'repo:a/b', name: 'a/b' }, personId: 'repo:a/b' };
  expect(sayOf(await create(pipeline))).toContain('Only people make tokens');
  const { body: foreign } = must(await create(other));
  expect(codeOf(await create(usingToken(foreign.id, one)))).toBe('permission-missing');
});

it('lists own tokens, and all of them for who may', async () => {
  must(await create(one));
  must(await create(other));
  expect((await list(one)).map(({ owner }) => owner.id)).toEqual([one.personId]);
  expect(await list(holding(one, 'apiKey.list'))).toHaveLength(2);
});

it('is revoked by its owner, and by who may delete those of others', async () => {
  const { body: token } = must(await create(one));
  expect(codeOf(await revoke(other, token.id))).toBe('not-found');
  expect(codeOf(await revoke(holding(other, 'apiKey.list'), token.id))).toBe('permission-missing');
  must(await revoke(one, token.id));
  expect((await list(one))[0]?.revokedAt).toBe('2026-11-27T12:00:00.000Z');
  expect(codeOf(await revoke(one, token.id))).toBe('not-found');
  expect(codeOf(await revoke(one, 'tok-00000000dead'))).toBe('not-found');
  const { body: another } = must(await create(one));
  must(await revoke(holding(other, 'apiKey.delete'), another.id));
});

it('holds the limit per person; a token that works no more does not count', async () => {
  const made = [];
  for (let count = 0; count < 20; count++) made.push(must(await create(one, 30)).body.id);
  expect(sayOf(await create(one))).toContain('20');
  must(await create(other));
  must(await revoke(one, made[0] as string));
  must(await create(one, 30));
  expect(codeOf(await create(one))).toBe('conflict');
  service.pass(30 * 24 * 60);
  must(await create(one));
});
