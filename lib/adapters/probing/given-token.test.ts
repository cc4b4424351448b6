import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePki, type Pki } from '../../../test/support/certificates.ts';
import { answerJson, type ServerOptions, startServer, type TestServer } from '../../../test/support/https-server.ts';
import { doorOf, patientLimits } from '../../../test/support/probe-targets.ts';
import { probes } from '../../checks/exposure/index.ts';
import type { Door, HttpRequest } from '../../core/probing/index.ts';
import { look } from '../../scanners/penetration/vantage/look.ts';
import { createProbeSender, type ProbeSenderOptions } from './index.ts';

// no JWT, so that nothing that hides JWTs can be what hides it
const value = 'given-token-of-web-0123456789';
const request: HttpRequest = { is: 'http', over: 'tls', method: 'GET', path: '/api', withToken: true };

let pki: Pki;
let strangers: Pki;
beforeAll(async () => {
  [pki, strangers] = await Promise.all([makePki(), makePki()]);
});
const servers: TestServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

const serve = async (options: ServerOptions = { certificate: pki.server }): Promise<TestServer> => {
  const server = await startServer(
    ({ url, headers }, response) => answerJson(response, { kind: url === '/api' ? 'APIVersions' : 'Status', echo: headers.authorization }),
    options,
  );
  servers.push(server);
  return server;
};
const doorTo = ({ port }: TestServer, more: Partial<Door> = {}): Door =>
  doorOf({ address: '127.0.0.1', port }, { place: 'api-server', ...more });
const senderFor = (doors: readonly Door[], more: Partial<ProbeSenderOptions> = {}) =>
  createProbeSender({
    scanId: 's',
    version: '1',
    vantage: 'external',
    doors,
    limits: patientLimits,
    token: { value, authorities: pki.authority.cert },
    ...more,
  });
const tokensAt = ({ received }: TestServer) => received.map(({ headers }) => headers.authorization);

it('shows the token to the API server, for requests that ask for it and no others', async () => {
  const server = await serve();
  const door = doorTo(server);
  const sender = senderFor([door]);
  expect(await sender.send(door, request, 'p')).toMatchObject({ is: 'http', status: 200 });
  const { withToken: _, ...plain } = request;
  expect(await sender.send(door, plain, 'p')).toMatchObject({ is: 'http', status: 200 });
  expect(tokensAt(server)).toEqual([`Bearer ${value}`, undefined]);
  expect(sender.exchanges.map(({ sent, answered }) => [sent, answered])).toEqual([
    ['GET /api over TLS with the given token', '200'],
    ['GET /api over TLS', '200'],
  ]);
});

it.each<[string, () => Promise<readonly [TestServer, Door, Partial<ProbeSenderOptions>, Partial<HttpRequest>, string]>]>([
  [
    'a server whose authority is another one',
    async () => {
      const server = await serve({ certificate: strangers.server });
      return [server, doorTo(server), {}, {}, 'hung-up'];
    },
  ],
  [
    'a server whose certificate is of another name',
    async () => {
      const server = await serve();
      return [server, doorTo(server, { host: 'api.example' }), {}, {}, 'hung-up'];
    },
  ],
  [
    'plain HTTP',
    async () => {
      const server = await serve({});
      return [server, doorTo(server), {}, { over: 'plain' }, 'forbidden'];
    },
  ],
  [
    'a node',
    async () => {
      const server = await serve();
      return [server, doorTo(server, { place: 'node' }), {}, {}, 'forbidden'];
    },
  ],
  [
    'what calls itself the API server, and is on the list as something else',
    async () => {
      const server = await serve();
      return [server, doorTo(server), { doors: [doorTo(server, { place: 'published' })] }, {}, 'forbidden'];
    },
  ],
  [
    'anything from inside a pod',
    async () => {
      const server = await serve();
      return [server, doorTo(server), { vantage: 'internal' }, {}, 'forbidden'];
    },
  ],
  [
    'anybody, when none was given',
    async () => {
      const server = await serve();
      return [server, doorTo(server), { token: undefined }, {}, 'forbidden'];
    },
  ],
])('never to %s', async (_, make) => {
  const [server, door, options, change, why] = await make();
  const answer = await senderFor([door], options).send(door, { ...request, ...change }, 'p');
  expect(answer).toMatchObject({ is: 'none', why });
  expect(tokensAt(server).filter((token) => token !== undefined)).toEqual([]);
});

it('is nowhere in what a scan sees, though the server repeats it', async () => {
  const server = await serve();
  const doors = [doorTo(server), doorTo(await serve(), { place: 'node' })];
  const { signal } = new AbortController();
  const sender = senderFor(doors);
  const now = '2026-01-01T00:00:00Z';
  const sight = await look({ vantage: 'external', doors, probes, sender, now, hasToken: true, signal, progress: () => undefined });
  sender.close();
  // it was used
  expect(tokensAt(server)).toContain(`Bearer ${value}`);
  expect(sight.notes.filter(({ probe }) => probe === 'exposure/api-server/given-token-lists')).toMatchObject([{ outcome: 'fail' }]);
  expect(tokensAt(servers.at(-1) as TestServer).filter((token) => token !== undefined)).toEqual([]);
  expect(JSON.stringify(sight)).not.toContain(value);
});
