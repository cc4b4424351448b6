import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** What an issuer does out of the ordinary. */
export interface IssuerBehaviour {
  /** Offers codes for devices; default true. */
  readonly device?: boolean;
  /** Answers of the token endpoint while a device waits, in turn; then it is granted. */
  readonly waiting?: readonly string[];
  readonly expiresIn?: number;
  /** How it calls itself in its discovery document. */
  readonly name?: string;
  readonly claims?: JWTPayload;
  /** Seconds that its tokens live. */
  readonly lifetime?: number;
  /** Refuses to renew. */
  readonly endsSessions?: boolean;
}

const read = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const piece of request) text += piece;
  return new URLSearchParams(text);
};

/** A small real OpenID Connect issuer on loopback: codes for devices, authorization codes with PKCE, refresh tokens that are used once. */
export const startSignInIssuer = async (behaviour: IssuerBehaviour = {}) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  const waiting = [...(behaviour.waiting ?? [])];
  const codes = new Map<string, { readonly challenge: string; readonly redirect: string; readonly nonce: string }>();
  const refreshTokens = new Set<string>();
  const seen: string[] = [];
  const revoked: string[] = [];
  let url = '';

  const tokens = async (nonce?: string) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: url,
      sub: 'ada',
      aud: 'gatehouse',
      iat: now,
      exp: now + (behaviour.lifetime ?? 600),
      name: 'Ada',
      jti: randomBytes(8).toString('hex'),
      ...(nonce ? { nonce } : {}),
      ...behaviour.claims,
    };
    const refresh_token = randomBytes(16).toString('hex');
    refreshTokens.add(refresh_token);
    const id_token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
    return { id_token, access_token: 'opaque', refresh_token, token_type: 'Bearer', expires_in: 600 };
  };
  const grants: Readonly<Record<string, (form: URLSearchParams) => Promise<readonly [number, object]>>> = {
    'urn:ietf:params:oauth:grant-type:device_code': async (form) => {
      const error = form.get('device_code') === 'device-1' ? waiting.shift() : 'invalid_grant';
      return error === undefined ? [200, await tokens()] : [400, { error }];
    },
    authorization_code: async (form) => {
      const code = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const isRight = code?.challenge === challenge && code.redirect === form.get('redirect_uri');
      return isRight ? [200, await tokens(code.nonce)] : [400, { error: 'invalid_grant' }];
    },
    refresh_token: async (form) => {
      const isKnown = refreshTokens.delete(form.get('refresh_token') ?? '');
      return isKnown && !behaviour.endsSessions
        ? [200, await tokens()]
        : [400, { error: 'invalid_grant', error_description: 'The session has ended.' }];
    },
  };
  const pages: Readonly<Record<string, (request: IncomingMessage, query: URLSearchParams) => Promise<readonly [number, object]>>> = {
    '/.well-known/openid-configuration': async () => [
      200,
      {
        issuer: behaviour.name ?? url,
        jwks_uri: `${url}/keys`,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        revocation_endpoint: `${url}/revoke`,
        ...(behaviour.device === false ? {} : { device_authorization_endpoint: `${url}/device` }),
      },
    ],
    '/keys': async () => [200, { keys: [jwk] }],
    '/device': async () => [
      200,
      {
        device_code: 'device-1',
        user_code: 'WDJB-MJHT',
        verification_uri: `${url}/activate`,
        verification_uri_complete: `${url}/activate?code=WDJB-MJHT`,
        expires_in: behaviour.expiresIn ?? 600,
        interval: 0,
      },
    ],
    '/token': async (request) => {
      const form = await read(request);
      seen.push(form.get('grant_type') ?? '');
      return (await grants[form.get('grant_type') ?? '']?.(form)) ?? [400, { error: 'unsupported_grant_type' }];
    },
    '/revoke': async (request) => {
      revoked.push((await read(request)).get('token') ?? '');
      return [200, {}];
    },
  };
  /** The person who agrees: a browser is sent back with a code. */
  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    const code = randomBytes(8).toString('hex');
    codes.set(code, {
      challenge: query.get('code_challenge') ?? '',
      redirect: query.get('redirect_uri') ?? '',
      nonce: query.get('nonce') ?? '',
    });
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    if (pathname === '/authorize') return authorize(searchParams, response);
    const [status, body] = (await pages[pathname]?.(request, searchParams)) ?? [404, {}];
    return void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** Grant types that were asked for, in turn. */
    seen,
    revoked,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
export type SignInIssuer = Awaited<ReturnType<typeof startSignInIssuer>>;
