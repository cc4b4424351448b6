import { once } from 'node:events';
import { createServer as createH2Server } from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { probes } from '../../lib/checks/exposure/index.ts';
import { type Probe, type ProbeCase, page } from '../../lib/checks/exposure/probe.ts';
import type { HttpAnswer } from '../../lib/core/probing/index.ts';
import { makeCertificate } from '../support/certificates.ts';
import { startServer } from '../support/https-server.ts';
import { addOns, lookAt } from './seen.ts';

/** Software that no package brings: its answers are those of the cases, and everything else is real: servers, TLS, the sender, greeting and rules of doors. */
const standIns = [
  'alertmanager',
  'argo-cd',
  'argo-workflows',
  'consul',
  'elasticsearch',
  'grafana',
  'harbor',
  'headlamp',
  'jaeger',
  'jenkins',
  'kiali',
  'kube-state-metrics',
  'kubernetes-dashboard',
  'minio',
  'octant',
  'rancher',
  'tekton-dashboard',
  'vault',
  'weave-scope',
];

const caseFiles = import.meta.glob<{ cases: readonly ProbeCase[] }>('../../lib/checks/exposure/add-ons/*.cases.ts', { eager: true });
const probeOf = (name: string): Probe => {
  const probe = probes.find(({ id }) => id === `exposure/add-ons/${name}`);
  if (probe === undefined) throw new Error(`no probe ${name}`);
  return probe;
};
const certificate = await makeCertificate({ name: 'stand-in' });
const notFound = page(404, 'not found') as HttpAnswer;

/** Cases whose answers an HTTP server can give. */
const playable = (name: string): readonly ProbeCase[] =>
  (caseFiles[`../../lib/checks/exposure/add-ons/${name}.cases.ts`]?.cases ?? []).filter(
    ({ answers, otherwise = notFound, greeting }) =>
      greeting?.http !== undefined && [...Object.values(answers), otherwise].every(({ is }) => is === 'http'),
  );

describe.each(standIns)('%s', (name) => {
  it.each(playable(name))('$expect: $name', async (one) => {
    const over = one.greeting?.http === 'tls' ? ' over TLS' : '';
    await using server = await standIn(
      over === '',
      ({ method, url }) => one.answers[`${method} ${url}${over}`] ?? one.otherwise ?? notFound,
    );
    const probe = probeOf(name);
    const seen = await lookAt(server.port, {
      hints: one.door?.port ? [one.door.port] : (probe.doors.ports?.slice(0, 1) ?? []),
      ...named(one, name, probe),
    });
    expect(seen.note(`add-ons/${name}`)?.outcome ?? 'nothing').toBe(one.expect);
    expect(addOns(seen.failed)).toEqual(one.expect === 'fail' ? [`add-ons/${name}`] : []);
    if (one.hides) expect(JSON.stringify(seen.sight)).not.toContain(one.hides);
  });
});

/** A name for those that are known by name only. */
const named = ({ door }: ProbeCase, name: string, { doors }: Probe): Pick<NonNullable<ProbeCase['door']>, 'subject'> => {
  const subject = door?.subject ?? (doors.ports?.length === 0 ? { kind: 'Service', namespace: 'test', name } : undefined);
  return subject === undefined ? {} : { subject };
};

const standIn = async (isPlain: boolean, answer: (request: { readonly method: string; readonly url: string }) => unknown) => {
  const server = await startServer(
    (request, response) => {
      const { status, headers, body } = answer(request) as HttpAnswer;
      response.writeHead(status, headers).end(body);
    },
    isPlain ? {} : { certificate, tls: { requestCert: false } },
  );
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.close() });
};

it('finds Tiller by its own call over HTTP/2', async () => {
  const calls: unknown[] = [];
  const server = createH2Server();
  server.on('stream', (stream, headers) => {
    calls.push([headers[':method'], headers[':path'], headers['content-type'], headers['x-helm-api-client']]);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    const version = Buffer.from('v2.17.0');
    stream.end(Buffer.from([0, 0, 0, 0, version.length + 4, 0x0a, version.length + 2, 0x0a, version.length, ...version]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const seen = await lookAt((server.address() as AddressInfo).port, { hints: [44_134] });
  server.close();
  expect(addOns(seen.failed)).toEqual(['add-ons/tiller']);
  expect(calls).toContainEqual(['POST', '/hapi.services.tiller.ReleaseService/GetVersion', 'application/grpc', '2.17.0']);
});

it('takes another gRPC server for no Tiller', async () => {
  const server = createH2Server().on('stream', (stream) => stream.respond({ ':status': 200, 'grpc-status': '12' }, { endStream: true }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const seen = await lookAt((server.address() as AddressInfo).port, { hints: [44_134] });
  server.close();
  expect(addOns([...seen.failed, ...seen.passed])).toEqual([]);
});

/** A reply of MongoDB to an OP_MSG message: the header, no flags, one document. */
const reply = (document: string): Buffer => {
  const body = Buffer.from(document, 'latin1');
  const head = Buffer.alloc(21);
  for (const [offset, value] of [
    [0, 21 + body.length],
    [4, 7],
    [8, 1],
    [12, 2013],
  ] as const)
    head.writeInt32LE(value, offset);
  return Buffer.concat([head, body]);
};

it.each([
  ['fail', '\x20\0\0\0\x04databases\0\x05\0\0\0\0\x01ok\0\0\0\0\0\0\0\xf0\x3f\0'],
  ['pass', '\x20\0\0\0\x02codeName\0\x0d\0\0\0Unauthorized\0\0'],
] as const)('%s: MongoDB by its own protocol', async (outcome, document) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    // like MongoDB it hangs up on what is no message
    socket.on('data', (data) =>
      data.readInt32LE(12) === 2013 && data.readInt32LE(0) === data.length ? socket.write(reply(document)) : socket.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const seen = await lookAt((server.address() as AddressInfo).port, { hints: [27_017] });
  server.close();
  expect(seen.note('add-ons/mongodb')?.outcome).toBe(outcome);
});
