import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import { makeCertificate, type Pair } from '../support/certificates.ts';
import { type Received, startServer, type TestServer } from '../support/https-server.ts';

/** What the service gives tokens for; whoever is not named gets what everybody gets. */
export interface TokenRules {
  /** `Basic …` of the one user. */
  readonly user: string;
  /** Repositories that are read without signing in. */
  readonly open: readonly string[];
}

export interface TokenService extends TestServer {
  /** For the registry's configuration. */
  readonly tokens: { readonly realm: string; readonly service: string; readonly issuer: string; readonly certificate: string };
  /** A token that may push, for filling the registry. */
  mayPush(repository: string): Promise<string>;
}

const service = 'registry.test';
const issuer = 'test issuer';

/** A token service as Docker's specification has it: it answers whom it knows, and grants what they may. */
export const startTokenService = async (rules: TokenRules): Promise<TokenService> => {
  const signer = await makeCertificate({ name: issuer, isAuthority: true });
  const server = await startServer((request, response) => {
    const refused = request.headers.authorization !== undefined && request.headers.authorization !== rules.user;
    if (refused) return response.writeHead(401, { 'content-type': 'application/json' }).end('{"details":"wrong password"}');
    const scope = new URL(request.url, 'http://x').searchParams.get('scope') ?? '';
    const granted = scope.endsWith(':pull') && mayRead(request, scope.split(':')[1] ?? '', rules) ? ['pull'] : [];
    sign(signer, scope.split(':')[1] ?? '', granted).then((token) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token, expires_in: 300 }));
    });
    return undefined;
  });
  return Object.assign(server, {
    tokens: { realm: `${server.url}/token`, service, issuer, certificate: signer.cert },
    mayPush: async (repository: string) => `Bearer ${await sign(signer, repository, ['pull', 'push'])}`,
  });
};

const mayRead = ({ headers }: Received, repository: string, { user, open }: TokenRules): boolean =>
  headers.authorization === user || open.includes(repository);

const sign = ({ cert, key }: Pair, name: string, actions: readonly string[]): Promise<string> =>
  new SignJWT({ access: [{ type: 'repository', name, actions }] })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: [new X509Certificate(cert).raw.toString('base64')] })
    .setIssuer(issuer)
    .setSubject('somebody')
    .setAudience(service)
    .setJti(randomUUID())
    .setIssuedAt()
    .setNotBefore('-1 minute')
    .setExpirationTime('5 minutes')
    .sign(createPrivateKey(key));
