import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, expect, it } from 'vitest';
import { makeCertificate, makePki } from '../../../test/support/certificates.ts';
import {
  doorOf,
  endlessly,
  patientLimits,
  saying,
  senderTo,
  shortLimits,
  type Target,
  tcpTarget,
  tlsTarget,
} from '../../../test/support/probe-targets.ts';
import type { Door, ProbeAnswer, TlsRequest, TlsVersion } from '../../core/probing/index.ts';

const targets: Target[] = [];
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
const request: TlsRequest = { is: 'tls', from: 'TLSv1.2', to: 'TLSv1.3' };
const askAt = async (served: Promise<Target>, more: Partial<TlsRequest> = {}, door: Partial<Door> = {}, limits = patientLimits) => {
  const target = await served;
  targets.push(target);
  const one = doorOf(target, door);
  return senderTo([one], { limits }).send(one, { ...request, ...more }, 'p');
};
const askServer = async (options: TlsOptions, more: Partial<TlsRequest> = {}): Promise<ProbeAnswer> =>
  askAt(tlsTarget({ ...(await makeCertificate({ name: 'server', keyType: 'rsa' })), ...options }), more);
/** Writes down the names that clients ask for. */
const noting =
  (names: string[]): NonNullable<TlsOptions['SNICallback']> =>
  (name, done) => {
    names.push(name);
    done(null);
  };
const only = (version: TlsVersion) => ({ minVersion: version, maxVersion: version });

it.each(versions)('offers %s for real, and only that', async (version) => {
  for (const offered of versions) {
    const answer = await askServer(only(version), { from: offered, to: offered });
    if (offered === version) expect(answer).toMatchObject({ is: 'tls', accepted: true, version, chain: [{ subject: 'CN=server' }] });
    else expect(answer).toMatchObject({ is: 'tls', accepted: false, refusal: 'alert' });
  }
});

it.each([
  ['AES128-SHA', 'TLSv1.2', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  ['NULL-SHA256', 'TLSv1.2', 'TLS_RSA_WITH_NULL_SHA256'],
  ['DHE-RSA-AES128-GCM-SHA256', 'TLSv1.2', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
  ['ECDHE-RSA-AES256-SHA', 'TLSv1', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'],
  ['TLS_AES_128_GCM_SHA256', 'TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
] as const)('offers %s alone', async (ciphers, version, cipher) => {
  const server = { dhparam: 'auto', ciphers: `ALL:NULL:TLS_AES_128_GCM_SHA256:@SECLEVEL=0`, minVersion: 'TLSv1' } as const;
  expect(await askServer(server, { ciphers, from: version, to: version })).toMatchObject({ accepted: true, version, cipher });
});

it('offers the named suites and no others', async () => {
  const server = { ciphers: 'ALL:TLS_AES_256_GCM_SHA384:@SECLEVEL=0' };
  expect(await askServer(server, { ciphers: 'AES128-SHA' })).toMatchObject({ version: 'TLSv1.2', cipher: 'TLS_RSA_WITH_AES_128_CBC_SHA' });
  expect(await askServer(server, { ciphers: 'TLS_AES_128_GCM_SHA256' })).toMatchObject({ accepted: false, refusal: 'alert' });
  expect(await askServer(server, { ciphers: 'AES128-SHA', from: 'TLSv1.3' })).toMatchObject({ accepted: false, refusal: 'not-offered' });
  const old = { ciphers: 'TLS_AES_256_GCM_SHA384', to: 'TLSv1.2' } as const;
  expect(await askServer(server, old)).toMatchObject({ accepted: false, refusal: 'not-offered' });
});

it('says what it could not offer, without asking', async () => {
  const target = await tcpTarget();
  expect(await askAt(Promise.resolve(target), { ciphers: 'RC4-SHA:DES-CBC3-SHA' })).toMatchObject({
    accepted: false,
    refusal: 'not-offered',
  });
  expect(target.connections()).toBe(0);
});

it.each(['TLSv1.2', 'TLSv1.3'] as const)('tells a server that wants a client certificate in %s, with its chain', async (version) => {
  const { server, authority } = await makePki();
  const wanting = { ...server, cert: server.cert + authority.cert, ca: authority.cert, requestCert: true, ...only(version) };
  expect(await askServer({ ...wanting, rejectUnauthorized: true })).toMatchObject({
    is: 'tls',
    accepted: false,
    refusal: 'client-certificate',
    chain: [{ subject: 'CN=kube-apiserver' }, { subject: 'CN=kubernetes' }],
  });
  // one that only asks is content without
  expect(await askServer({ ...wanting, rejectUnauthorized: false })).toMatchObject({ accepted: true, version });
});

it('sends the host as SNI, unless told otherwise or an address', async () => {
  const pair = await makeCertificate({ name: 'default' });
  const names: string[] = [];
  const serve = () => tlsTarget({ ...pair, SNICallback: noting(names) });
  await askAt(serve(), {}, { host: 'shop.example' });
  await askAt(serve(), { withoutServerName: true }, { host: 'shop.example' });
  await askAt(serve(), {}, { host: '10.0.0.1' });
  await askAt(serve());
  expect(names).toEqual(['shop.example']);
});

it('reads what the certificate says', async () => {
  const made = await generate(
    [
      { name: 'commonName', value: 'old' },
      { shortName: 'E', value: 'a-name-as-long-as-a-dash-has-a-code@shop.example' },
    ],
    {
      keySize: 1024,
      algorithm: 'sha1',
      notBeforeDate: new Date('2020-01-02T03:04:05Z'),
      notAfterDate: new Date('2021-01-02T03:04:05Z'),
      extensions: [
        { name: 'basicConstraints', cA: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'a.example' },
            { type: 7, ip: '10.0.0.1' },
            { type: 1, value: 'ops@shop.example' },
          ],
        },
      ],
    },
  );
  const answer = await askServer({ key: made.private, cert: `${made.cert.trim()}\n` });
  expect(answer).toMatchObject({
    chain: [
      {
        isSelfSigned: true,
        notBefore: '2020-01-02T03:04:05.000Z',
        notAfter: '2021-01-02T03:04:05.000Z',
        keyType: 'rsa',
        keyBits: 1024,
        signature: 'sha1WithRSAEncryption',
        isAuthority: true,
        names: ['DNS:a.example', 'IP Address:10.0.0.1', 'email:ops@shop.example'],
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        emails: ['a-name-as-long-as-a-dash-has-a-code@shop.example', 'ops@shop.example'],
      },
    ],
  });
  const modern = await askServer(await makeCertificate({ name: 'new', until: '2999-01-01T00:00:00Z' }));
  expect(modern).toMatchObject({
    chain: [
      { keyType: 'ec', keyBits: 256, signature: 'ecdsa-with-SHA256', isAuthority: false, emails: [], notAfter: '2999-01-01T00:00:00.000Z' },
    ],
  });
});

it.each([
  ['hangs up', (socket: Socket) => socket.once('data', () => socket.end()), { accepted: false, refusal: 'hang-up' }],
  ['resets', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()), { accepted: false, refusal: 'hang-up' }],
  ['refuses by an alert', saying(Buffer.from('15030100020228', 'hex')), { accepted: false, refusal: 'alert' }],
  ['speaks HTTP', saying('HTTP/1.1 400 Bad Request\r\n\r\n'), { why: 'malformed' }],
  ['sends a record too long', saying(Buffer.from('160303ffff', 'hex')), { why: 'malformed' }],
  ['sends a broken handshake', saying(Buffer.from('1603030004ffffffff', 'hex')), { why: 'malformed' }],
  ['sends zeros for ever', endlessly('', Buffer.alloc(65_536)), { why: 'malformed' }],
])('ends with a server that %s', async (_, serve, outcome) => {
  expect(await askAt(tcpTarget(serve))).toMatchObject(outcome);
});

it('ends with a chain larger than any', async () => {
  const { cert, key } = await makeCertificate({ name: 'server' });
  const more = await makeCertificate({
    name: `x${'y'.repeat(60)}`,
    hosts: Array.from({ length: 300 }, (_, index) => `host-${index}.example`),
  });
  const answer = await askServer({ key, cert: cert + more.cert.repeat(60) });
  expect(answer).toMatchObject({ is: 'none', why: 'hostile' });
});

it.each([
  ['never answers', () => {}],
  ['drips', (socket: Socket) => socket.once('data', () => setInterval(() => socket.write(Buffer.alloc(1, 22)), 50).unref())],
] as const)('gives up on a server that %s', async (_, serve) => {
  expect(await askAt(tcpTarget(serve), {}, {}, shortLimits)).toMatchObject({ is: 'none' });
});
