import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../test/support/api/server.ts';
import { failed, succeed } from '../core/failure.ts';
import type { Project } from '../fleet/project.ts';
import type { Call } from '../service/handler.ts';

const id = 'prj-00000000000a';
const project: Project = {
  id,
  name: 'Shop',
  description: '',
  tags: [],
  retention: { runsDays: 1, reportsDays: 1 },
  concurrentScans: 10,
  createdAt: '2026-11-27T12:00:00.000Z',
};
let api: TestApi;
let token: string;
let lists: Call<'scans.list'>[] = [];
const clusterPath = `/v1/projects/${id}/clusters/cls-0123456789ab`;

beforeAll(async () => {
  api = await startApi({
    handlers: {
      'service.health': async () => succeed({ body: { status: 'ok', version: '9.9.9' } }),
      'projects.get': async () => succeed({ body: { ...project, secretOfTheStore: 'x' } as Project, revision: 7 }),
      'projects.create': async () => succeed({ body: project, revision: 1, location: `/v1/projects/${id}` }),
      'projects.update': async ({ body, ifMatch }) => {
        if (ifMatch !== 7) return failed('conflict', 'It was changed meanwhile.');
        return body.name === 'taken'
          ? failed('conflict', 'The name "taken" is taken; choose another one.')
          : succeed({ body: project, revision: 8 });
      },
      'projects.delete': async () => succeed({ body: undefined }),
      'scans.list': async (call) => {
        lists.push(call);
        return succeed({ body: { items: [] } });
      },
      'teams.list': async () => {
        throw new Error('the secret is sesame');
      },
      'roles.list': async () => succeed({ body: { items: [{ id: 1 }] } as never }),
      'clusters.test': async () => failed('cluster-unreachable', 'The cluster does not answer; look at the network.'),
    },
  });
  token = await api.adminToken();
});
afterAll(() => api.close());
const get = (path: string, headers = {}) => api.ask({ path, token, headers });

describe('an answer', () => {
  it('carries id of the request, security headers and nothing that the contract does not name', async () => {
    const answer = await get(`/v1/projects/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(project);
    expect(answer.headers).toMatchObject({
      etag: '"7"',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });
  it('has an id of ours, whatever the client sends as one', async () => {
    expect((await get(`/v1/projects/${id}`, { 'x-request-id': 'mine' })).headers['x-request-id']).not.toBe('mine');
  });
  it('says where to find what was made', async () => {
    const answer = await api.ask({ method: 'POST', path: '/v1/projects', token, body: { name: 'Shop' } });
    expect(answer).toMatchObject({ status: 201, headers: { location: `/v1/projects/${id}`, etag: '"1"' } });
  });
  it('to HEAD is that to GET without the body', async () => {
    const answer = await api.ask({ method: 'HEAD', path: `/v1/projects/${id}`, token });
    expect(answer).toMatchObject({ status: 200, text: '', headers: { etag: '"7"' } });
    expect((await api.ask({ method: 'HEAD', path: '/v1/nothing', token })).text).toBe('');
  });
  it('with nothing in it has no body', async () => {
    expect(await api.ask({ method: 'DELETE', path: `/v1/projects/${id}`, token, headers: { 'if-match': '"7"' } })).toMatchObject({
      status: 204,
      text: '',
    });
  });
  it('is given without a token where a route is public', async () => {
    expect((await api.ask({ path: '/v1/health' })).json).toEqual({ status: 'ok', version: '9.9.9' });
  });
  it('is the API itself at /v1/openapi.json', async () => {
    expect((await api.ask({ path: '/v1/openapi.json' })).json).toMatchObject({ openapi: '3.1.0', info: { version: '9.9.9' } });
  });
});

describe('a bug', () => {
  it('says nothing of itself outside, and is logged with its place but not its words', async () => {
    const answer = await get('/v1/teams');
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal-error', instance: answer.headers['x-request-id'] } });
    expect(answer.text).not.toMatch(/sesame|at |\.ts/);
    const entry = api.logged.find(({ code }) => code === 'REQUEST_BROKEN');
    expect(entry?.fields).toMatchObject({ route: 'teams.list', error: 'Error', requestId: answer.headers['x-request-id'] });
    expect(entry?.fields.trace).toContain('api-handler');
    expect(JSON.stringify(api.logged)).not.toContain('sesame');
  });
  it('in an answer is not sent', async () => {
    expect(await get('/v1/roles')).toMatchObject({ status: 500, json: { code: 'internal-error' } });
    expect(api.logged).toContainEqual(expect.objectContaining({ code: 'ANSWER_UNFIT' }));
  });
});

describe('a path', () => {
  it.each([
    '/',
    '/v1',
    '/v1/',
    '/v1/projects/',
    '//v1/projects',
    '/v1//projects',
    '/v1/projects/..',
    '/v1/projects/../teams',
    '/v1/./projects',
    '/v1/projects/%2e%2e/teams',
    '/v1/projects%2f',
    `/v1/projects/${id}%2Fclusters`,
    '/v1/projects/%252e%252e',
    '/v1/projects/a%00',
    '/v1/projects/%ff',
    '/v1/projects;a=b',
    '/v1/PROJECTS',
    '/v1/projects\\x',
    '/v1/projects/__proto__/clusters/x/y',
    `/v1/${'x/'.repeat(600)}`,
    '/constructor',
    '/__proto__',
    'http://elsewhere.example/v1/projects',
  ])('that is nobody’s is not found: %s', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, json: { code: 'not-found' } });
  });
  it('with an id that can be none says which', async () => {
    const answer = await get(`/v1/projects/${id}/clusters/constructor/scans`);
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ at: 'clusterId' }] } });
  });
});

describe('a query', () => {
  const scans = (query: string) => get(`${clusterPath}/scans?${query}`);
  it('is read by its schema, repeated parameters as lists', async () => {
    lists = [];
    expect((await scans('state=failed&state=skipped&kind=sbom,configuration&limit=7')).status).toBe(200);
    expect(lists[0]?.query).toEqual({ limit: 7, state: ['failed', 'skipped'], kind: ['sbom', 'configuration'] });
  });
  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'limit=1&limit=2',
    'cursor=a&cursor=b',
    'surprise=1',
    'state=odd',
    '__proto__=1',
    'constructor=x',
    '%5F%5Fproto__=1',
    'limit[__proto__]=1',
    'cursor=%ff',
    'cursor=%',
    'cursor=%00',
    `${'a=1&'.repeat(300)}`,
  ])('that does not fit is refused: %s', async (query) =>
    expect(await scans(query)).toMatchObject({ status: 400, json: { code: 'input-invalid' } }),
  );
});

describe('a body', () => {
  const post = (body: unknown, headers = {}) => api.ask({ method: 'POST', path: '/v1/projects', token, body, headers });
  it('that does not fit is refused with a pointer to every field, without their values', async () => {
    const answer = await post({ name: '', retention: { runsDays: 'sesame', reportsDays: 5 }, extra: 1 });
    expect(answer).toMatchObject({ status: 400 });
    const errors = answer.json?.errors as { at: string }[];
    expect(errors.map(({ at }) => at)).toEqual(expect.arrayContaining(['/name', '/retention/runsDays']));
    expect(answer.text).not.toContain('sesame');
  });
  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON'])('is taken as %s', async (type) => {
    expect((await post({ name: 'a' }, { 'content-type': type })).status).toBe(201);
  });
  it.each([
    '',
    'text/plain',
    'application/json; charset=latin1',
    'application/xml',
    'multipart/form-data; boundary=json',
    'application/merge-patch+json',
  ])('is not taken as "%s"', async (type) => {
    expect((await post({ name: 'a' }, { 'content-type': type })).status).toBe(415);
  });
  it('may be a merge patch where something is patched', async () => {
    const headers = { 'content-type': 'application/merge-patch+json', 'if-match': '"7"' };
    expect((await api.ask({ method: 'PATCH', path: `/v1/projects/${id}`, token, body: { name: 'b' }, headers })).status).toBe(200);
  });
  it.each([
    '{"name":"a\\ud800"}',
    '{"name":"a\\u0000"}',
    '{"name":"a","description":"\\u001b[2J"}',
    `${'['.repeat(200_000)}`,
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    '{"name":"a"}{"name":"b"}',
  ])('with a trick in it is refused (%#)', async (body) => {
    expect((await post(body)).status).toBe(400);
  });
  it('is refused where none is taken', async () => {
    expect((await api.ask({ path: `/v1/projects/${id}`, token, body: '{}' })).status).toBe(400);
  });
  it('in base64, as API Gateway sends it, is decoded', async () => {
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/prod/v1/projects',
      rawQueryString: '',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      requestContext: {
        stage: 'prod',
        requestId: 'JKJaXmPLvHcESHA=',
        http: { method: 'POST', path: '/prod/v1/projects', sourceIp: '192.0.2.1', protocol: 'HTTP/1.1', userAgent: '' },
      },
      body: Buffer.from('{"name":"a"}').toString('base64'),
      isBase64Encoded: true,
    };
    const answer = await api.handler(event as never);
    expect(answer).toMatchObject({ statusCode: 201, headers: { 'x-request-id': 'JKJaXmPLvHcESHA=' } });
  });
});

describe('a change of something versioned', () => {
  const patch = (headers: Record<string, string>, name = 'b') =>
    api.ask({ method: 'PATCH', path: `/v1/projects/${id}`, token, body: { name }, headers });
  it('needs If-Match', async () => {
    expect(await patch({})).toMatchObject({ status: 428, json: { code: 'precondition-required' } });
    expect(await patch({ 'if-match': '*' })).toMatchObject({ status: 428 });
  });
  it.each(['"6"', '7', 'W/"7"', '"7", "8"', '"x"', '"07"', '"99999999999999999999"'])('is refused with If-Match %s', async (tag) => {
    expect(await patch({ 'if-match': tag })).toMatchObject({ status: 412, json: { code: 'precondition-failed' } });
  });
  it('is done with the ETag that was read', async () => {
    expect(await patch({ 'if-match': '"7"' })).toMatchObject({ status: 200, headers: { etag: '"8"' } });
  });
  it('that is in conflict for another reason says so', async () => {
    expect(await patch({ 'if-match': '"7"' }, 'taken')).toMatchObject({ status: 409, json: { detail: expect.stringContaining('taken') } });
  });
});

it('passes the sentence of a failure on, with its status', async () => {
  const answer = await api.ask({ method: 'POST', path: `${clusterPath}/connection-tests`, token });
  expect(answer).toMatchObject({
    status: 502,
    json: { code: 'cluster-unreachable', detail: 'The cluster does not answer; look at the network.' },
  });
});

it('ends in time when Lambda is about to stop it', async () => {
  const slow = await startApi({ handlers: { 'service.health': () => new Promise(() => undefined) } });
  const event = {
    version: '2.0',
    rawPath: '/v1/health',
    rawQueryString: '',
    headers: {},
    requestContext: { stage: '$default', requestId: 'a', http: { method: 'GET', path: '/v1/health', sourceIp: '192.0.2.1' } },
  };
  const answer = await slow.handler(event as never, { getRemainingTimeInMillis: () => 510 });
  expect(answer.statusCode).toBe(504);
  await slow.close();
});
