import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Clock } from '../../../lib/ports/clock.ts';

/** Claims that are `undefined` are left out. */
type Claims = { readonly [name: string]: unknown };

/** A real identity provider on loopback: discovery document, keys, and tokens of every kind of badness. */
export const startIssuer = async (clock: Clock) => {
  const keys = await generateKeyPair('ES256', { extractable: true });
  const rsa = await generateKeyPair('RS256', { extractable: true });
  const stranger = await generateKeyPair('ES256', { extractable: true });
  const publicKeys = [
    { ...(await exportJWK(keys.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
  ];
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    const body = request.url?.endsWith('/keys') ? { keys: publicKeys } : { issuer, jwks_uri: `${issuer}/keys` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seconds = () => Math.floor(Date.parse(clock.now()) / 1000);

  const claims = (more: Claims = {}): JWTPayload => ({
    iss: url,
    sub: 'ada',
    aud: 'gatehouse',
    iat: seconds(),
    exp: seconds() + 600,
    name: 'Ada',
    email: 'ada@example.com',
    email_verified: true,
    ...(more as JWTPayload),
  });
  const sign = (more: Claims = {}, header: Record<string, unknown> = {}, key: Parameters<SignJWT['sign']>[0] = keys.privateKey) =>
    new SignJWT(claims(more)).setProtectedHeader({ alg: 'ES256', kid: 'ec', ...header }).sign(key, { crit: { 'x-new': true } });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    url,
    seconds,
    claims,
    sign,
    rsaKey: rsa.privateKey,
    strangerKey: stranger.privateKey,
    /** As somebody who knows the public keys only would sign: with the text of one as a shared secret. */
    confused: () => sign({}, { alg: 'HS256', kid: 'rsa' }, new TextEncoder().encode(JSON.stringify(publicKeys[1]))),
    unsigned: (more: Claims = {}) => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims(more))}.`,
    asked: () => asked,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;
