import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type Pair } from '../../../test/support/certificates.ts';
import { type ServerOptions, startServer } from '../../../test/support/https-server.ts';
import { createTlsProbe, opensslName } from './tls-probe.ts';

let rsa: Pair;
const closing: (() => void | Promise<void>)[] = [];
beforeAll(async () => {
  rsa = await makeCertificate({ name: 'api', keyType: 'rsa', until: '2027-06-01T00:00:00Z' });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const probe = async (suites: readonly string[], tls: ServerOptions['tls'] = {}) => {
  const server = await startServer((_, response) => void response.end(), { certificate: rsa, tls });
  closing.push(() => server.close());
  const found = await createTlsProbe({ timeoutMs: 2_000 }).probe({ host: '127.0.0.1', port: server.port }, suites);
  expect(server.received).toEqual([]);
  return { found, where: `127.0.0.1:${server.port}` };
};

const cbc = 'TLS_RSA_WITH_AES_128_CBC_SHA';
const forward = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256';
const strong = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const ecdsa = 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA';

it('tells which suites a server accepts, and what certificate it has', async () => {
  const { found, where } = await probe([cbc, forward, strong, ecdsa], { ciphers: 'AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0' });
  expect(found).toEqual({
    ok: true,
    value: {
      endpoint: where,
      certificate: { subject: 'CN=api', issuer: 'CN=api', selfSigned: true, notAfter: '2027-06-01T00:00:00.000Z' },
      weakSuitesAccepted: [cbc, strong],
      suitesOffered: [cbc, forward, strong, ecdsa],
    },
  });
});

it('counts a server that speaks only TLS 1.3 as one that accepts none', async () => {
  const { found } = await probe([cbc, strong], { minVersion: 'TLSv1.3' });
  expect(found).toMatchObject({ value: { weakSuitesAccepted: [], suitesOffered: [cbc, strong] } });
});

it('leaves out what this machine cannot offer', async () => {
  const { found } = await probe(['TLS_RSA_WITH_RC4_128_SHA', 'TLS_NO_SUCH_THING', strong]);
  expect(found).toMatchObject({ value: { suitesOffered: [strong] } });
});

it('asks nothing but the certificate when no suite is named', async () => {
  const { found } = await probe([]);
  expect(found).toMatchObject({ ok: true, value: { suitesOffered: [], weakSuitesAccepted: [] } });
});

describe('fails', () => {
  const listen = async (treat: (port: number) => void = () => undefined): Promise<number> => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      closing.push(() => void socket.destroy());
      treat(0);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => void server.close());
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };

  it('when nothing listens', async () => {
    const { where } = await probe([]);
    for (const close of closing.splice(0)) await close();
    const port = Number(where.split(':')[1]);
    expect(await createTlsProbe().probe({ host: '127.0.0.1', port }, [cbc])).toMatchObject({
      failure: { code: 'cluster-unreachable', say: expect.stringContaining(`The TLS server at ${where} refused`) },
    });
  });

  it('when nothing answers in time', async () => {
    const port = await listen();
    expect(await createTlsProbe({ timeoutMs: 100 }).probe({ host: '127.0.0.1', port }, [cbc])).toMatchObject({
      failure: { code: 'timed-out' },
    });
  });

  it('when cancelled', async () => {
    const stop = new AbortController();
    const port = await listen(() => stop.abort());
    expect(await createTlsProbe({ signal: stop.signal }).probe({ host: '127.0.0.1', port }, [cbc])).toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(await createTlsProbe({ signal: stop.signal }).probe({ host: '127.0.0.1', port }, [cbc])).toMatchObject({
      failure: { code: 'cancelled' },
    });
  });
});

it.each([
  ['TLS_RSA_WITH_AES_128_CBC_SHA', 'AES128-SHA'],
  ['TLS_RSA_WITH_AES_128_CBC_SHA256', 'AES128-SHA256'],
  ['TLS_RSA_WITH_AES_256_CBC_SHA', 'AES256-SHA'],
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'AES128-GCM-SHA256'],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 'AES256-GCM-SHA384'],
  ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'ECDHE-RSA-AES128-SHA'],
  ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 'ECDHE-RSA-AES128-SHA256'],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'ECDHE-RSA-AES256-SHA'],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'DES-CBC3-SHA'],
  ['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 'ECDHE-RSA-DES-CBC3-SHA'],
  ['TLS_RSA_WITH_RC4_128_SHA', 'RC4-SHA'],
  ['TLS_ECDHE_ECDSA_WITH_RC4_128_SHA', 'ECDHE-ECDSA-RC4-SHA'],
  ['TLS_AES_128_GCM_SHA256', undefined],
])('knows %s as %s', (iana, openssl) => expect(opensslName(iana)).toBe(openssl));
