import { expect, it } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { startNginx, withTls } from './nginx.ts';
import { lookAt } from './seen.ts';

const certificate = await makeCertificate({ name: 'shop.example', hosts: ['shop.example'], keyType: 'rsa' });
const protocols = ['transport/protocol-floor', 'transport/broken-ciphers', 'transport/old-ciphers'];

it('finds TLS 1.0, suites without encryption or certificate, and keys exchanged by RSA', async () => {
  const weak = 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers "ALL:eNULL:aNULL:@SECLEVEL=0";';
  await using server = await startNginx(`${withTls} ${weak}`, { certificate });
  const seen = await lookAt(server.port, { hints: [] });
  expect(seen.failed).toEqual(expect.arrayContaining(protocols));
  expect(seen.note('transport/protocol-floor')?.message).toContain('TLS 1.0');
});

it('finds what nginx leaves open with TLS 1.2 alone and no list of suites', async () => {
  await using server = await startNginx(`${withTls} ssl_protocols TLSv1.2;`, { certificate });
  const seen = await lookAt(server.port, { hints: [] });
  expect(seen.passed).toEqual(expect.arrayContaining(['transport/protocol-floor', 'transport/broken-ciphers']));
  expect(seen.failed).toContain('transport/old-ciphers');
});

it('says nothing against TLS 1.2 and 1.3 with suites of today', async () => {
  const strong = 'ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;';
  await using server = await startNginx(`${withTls} ${strong}`, { certificate });
  expect((await lookAt(server.port, { hints: [] })).passed).toEqual(expect.arrayContaining(protocols));
});
