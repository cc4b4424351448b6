import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Asked } from '../../test/support/api/client.ts';
import { everywhere, startApi, type TestApi } from '../../test/support/api/server.ts';
import { createRandom, createValues } from '../../test/support/api/values.ts';
import { allRoutes } from '../api/index.ts';
import type { Route } from '../api/route.ts';
import { isChange } from './audit.ts';
import { openApi } from './openapi.ts';

const document = await openApi('1');
const make = createValues(document.components.schemas as never, createRandom(7));
const seen = 'prj-00000000000a';
const foreign = 'prj-00000000000b';

/** Path of a route with ids that could be. */
const pathOf = ({ path }: Route, projectId = seen): string => {
  const values: Record<string, string> = {
    projectId,
    clusterId: 'cls-0123456789ab',
    scanId: '20261127T120000Z-cfg-0123456789abcdef',
    kind: 'configuration',
    file: 'report.pdf',
    teamId: 'tem-0123456789ab',
    userId: 'usr-0123456789ab',
    roleId: 'rol-0123456789ab',
    tokenId: 'tok-0123456789ab',
    waiverId: 'wvr-0123456789ab',
    webhookId: 'whk-0123456789ab',
    policyName: 'strict',
    version: '2',
    overrideId: 'ovr-0123456789ab',
  };
  return path.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) => values[name] ?? 'x-0123456789ab');
};
const asked = (route: Route, projectId?: string): Asked => ({
  method: route.method,
  path: pathOf(route, projectId),
  ...(route.body ? { body: {} } : {}),
});

const guarded = allRoutes.filter(([, { access }]) => access !== 'public');
const permitted = guarded.filter(([, { access }]) => access !== 'self');
const inProject = permitted.filter(([, { path }]) => path.includes('{projectId}'));
const withBody = allRoutes.filter(([, { body }]) => body);

describe('every route', () => {
  let api: TestApi;
  let admin: string;
  /** Token of somebody who sees the project and may do one thing in it, but not this one. */
  let powerless: (route: Route) => string;
  // refusals of one actor are recorded up to a number a minute
  beforeEach(() => api.clock.advance(60));
  beforeAll(async () => {
    api = await startApi({ handlers: { 'service.health': async () => ({ ok: true, value: { body: { status: 'ok', version: '9' } } }) } });
    admin = await api.adminToken();
    const guestWith = async (roleId: string, permission: string): Promise<string> => {
      const role = { id: roleId, name: permission, scope: 'project' as const, builtIn: false, permissions: [permission] };
      await api.records.roles.create(role);
      const guest = await api.addUser(permission, { tenantRoles: [], projects: [{ projectId: seen, roles: [roleId] }] });
      return (await api.addToken(guest)).text;
    };
    const [looker, scanner] = [await guestWith('rol-aaaaaaaaaaaa', 'project.get'), await guestWith('rol-bbbbbbbbbbbb', 'scan.get')];
    powerless = ({ access }) => (typeof access === 'object' && access.permission === 'project.get' ? scanner : looker);
  });
  afterAll(() => api.close());

  it('is looked at', () => {
    expect(allRoutes.length).toBeGreaterThan(50);
    expect(inProject.length).toBeGreaterThan(25);
  });

  it.each(guarded)('%s refuses who has no token', async (_, route) => {
    const answer = await api.ask(asked(route));
    expect(answer).toMatchObject({ status: 401, json: { code: 'credential-refused' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="gatehouse"');
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it.each(guarded)('%s refuses a token that is none', async (_, route) => {
    const answer = await api.ask({ ...asked(route), token: `ght_${'0'.repeat(32)}_${'A'.repeat(43)}` });
    expect(answer).toMatchObject({ status: 401, json: { code: 'credential-refused' } });
    expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it('refuses expired and revoked tokens everywhere, and says in the audit whose they were', async () => {
    const owner = await api.addUser('leaver', everywhere);
    const short = await api.addToken(owner, everywhere, 1);
    const revoked = await api.addToken(owner);
    await api.records.tokens.update(revoked.id, (token) => ({ ok: true, value: { ...token, revokedAt: api.clock.now() } }));
    api.clock.advance(2 * 86_400);
    for (const [, route] of guarded) {
      // refusals of one actor are recorded up to a number a minute
      api.clock.advance(1);
      expect(await api.ask({ ...asked(route), token: short.text })).toMatchObject({ status: 401 });
      expect(await api.ask({ ...asked(route), token: revoked.text })).toMatchObject({ status: 401 });
    }
    const records = (await api.audited()).filter(({ actor }) => actor.id === short.id || actor.id === revoked.id);
    expect(records).toHaveLength(2 * guarded.length);
    expect(new Set(records.map(({ action }) => action))).toEqual(new Set(guarded.map(([id]) => id)));
  });

  it.each(permitted)('%s refuses who lacks its permission, and records it', async (id, route) => {
    const answer = await api.ask({ ...asked(route), token: powerless(route) });
    expect(answer).toMatchObject({ status: 403, json: { code: 'permission-missing' } });
    expect(answer.json?.detail).toContain(typeof route.access === 'object' ? route.access.permission : '');
    const scope = route.path.includes('{projectId}') ? seen : 'tenant';
    expect(await api.audited(scope)).toContainEqual(
      expect.objectContaining({ action: id, outcome: 'refused', requestId: answer.headers['x-request-id'], reason: answer.json?.detail }),
    );
  });

  it.each(inProject)('%s does not know a project of others', async (id, route) => {
    const answer = await api.ask({ ...asked(route, foreign), token: powerless(route) });
    expect(answer).toMatchObject({ status: 404, json: { code: 'not-found' } });
    const record = (await api.audited()).find(({ requestId }) => requestId === answer.headers['x-request-id']);
    expect(record).toMatchObject({ action: id, outcome: 'refused', target: `projects/${foreign}` });
    // and says the same of one that does not exist
    expect((await api.ask({ ...asked(route, 'prj-ffffffffffff'), token: powerless(route) })).json?.detail).toBe(answer.json?.detail);
  });

  it.each(withBody)('%s refuses bodies that are not JSON, too large or of another type', async (_, route) => {
    const request = { ...asked(route), token: admin };
    const malformed = await api.ask({ ...request, body: '{"name": sesame' });
    expect(malformed).toMatchObject({ status: 400, json: { code: 'input-invalid' } });
    expect(malformed.text).not.toContain('sesame');
    expect(await api.ask({ ...request, body: '' })).toMatchObject({ status: 400 });
    expect(await api.ask({ ...request, body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toMatchObject({
      status: 415,
    });
    expect(await api.ask({ ...request, body: Buffer.from('{"name":"\xff"}', 'latin1') })).toMatchObject({ status: 400 });
    expect(await api.ask({ ...request, body: '{"__proto__":{"isAdmin":true}}' })).toMatchObject({ status: 400 });
    expect(await api.ask({ ...request, body: '{"constructor":{"prototype":{"isAdmin":true}}}' })).toMatchObject({ status: 400 });
    expect(await api.ask({ ...request, body: '[]' })).toMatchObject({ status: 400 });
    expect(await api.ask({ ...request, body: 'null' })).toMatchObject({ status: 400 });
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('refuses a body of more than a mebibyte', async () => {
    const answer = await api.ask({ method: 'POST', path: '/v1/projects', token: admin, body: { name: 'x'.repeat(1_048_576) } });
    expect(answer).toMatchObject({ status: 413, json: { code: 'body-too-large' } });
  });

  it.each(allRoutes)('%s takes no other method, and says which it takes', async (_, route) => {
    const answer = await api.ask({ method: 'REPORT', path: pathOf(route), token: admin });
    expect(answer).toMatchObject({ status: 405, json: { code: 'method-not-allowed' } });
    expect(answer.headers.allow?.split(', ')).toContain(route.method);
    const options = await api.ask({ method: 'OPTIONS', path: pathOf(route) });
    expect(options.status).toBe(204);
    expect(options.headers.allow).toBe(answer.headers.allow);
  });

  it.each(allRoutes.filter(([, { query }]) => !query))('%s knows no query', async (_, route) => {
    const body = route.body ? make(openApiBody(route)) : undefined;
    const answer = await api.ask({
      ...asked(route),
      path: `${pathOf(route)}?verbose=1`,
      token: admin,
      ...(body === undefined ? {} : { body }),
    });
    expect(answer).toMatchObject({ status: 400, json: { errors: expect.arrayContaining([expect.objectContaining({ at: 'verbose' })]) } });
  });

  it('changes something with every method but GET, unless the right to read is enough', () => {
    const others = allRoutes.filter(([, route]) => route.method !== 'GET' && !isChange(route)).map(([id]) => id);
    expect(others.toSorted()).toEqual(expect.arrayContaining(['clusters.test', 'schedules.preview']));
    expect(others.every((id) => /\.(test|preview)$/.test(id))).toBe(true);
  });
});

const openApiBody = ({ path, method }: Route): never => {
  const operations = document.paths as Record<string, Record<string, { requestBody?: { content: Record<string, { schema: unknown }> } }>>;
  return operations[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema as never;
};
