import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Transport } from '../http/transport.ts';
import { type Issuer, inSentence, postForm, readForm } from './issuer.ts';
import { checkIdToken, Tokens } from './tokens.ts';

export interface BrowserOptions {
  readonly issuer: Issuer;
  readonly scopes: readonly string[];
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Shows the person the address to open. */
  readonly show: (address: string) => void;
  /** Seconds that are waited for the person. */
  readonly patience: number;
  /** Port of the address that the browser comes back to; any that is free, unless the issuer knows one port only. */
  readonly port: number;
}

const secret = (): string => randomBytes(32).toString('base64url');
const page = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gatehouse</title><p>${text}</p></html>\n`;
const done = 'You can close this window and go back to the terminal.';
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};
const path = '/callback';

/** What came back to us under the right `state`. */
type Return = { readonly code: string } | { readonly refused: string };

const readReturn = (query: URLSearchParams, { issuer }: Issuer): Return => {
  // RFC 9207: the answer of another issuer than the one we asked
  const from = query.get('iss');
  if (from !== null && from !== issuer) return { refused: `it came from ${from}` };
  const error = query.get('error');
  if (error !== null) return { refused: query.get('error_description') ?? error };
  const code = query.get('code');
  return code ? { code } : { refused: 'it came without a code' };
};

/** Waits for the browser. Whoever comes without our `state` is shown the door, and we go on waiting: it is not the one we sent. */
const receive = (server: Server, state: string, { issuer, signal, patience }: BrowserOptions): Promise<Result<Return>> =>
  new Promise((end) => {
    const late = setTimeout(
      () => end(failed('timed-out', `Nobody signed in within ${patience} s; run gatehouse login again.`)),
      1000 * patience,
    );
    const finish = (answer: Result<Return>) => {
      clearTimeout(late);
      end(answer);
    };
    signal.addEventListener('abort', () => finish(failed('cancelled', 'Stopped; nothing was stored.')), { once: true });
    server.on('request', (request, response) => {
      const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
      const isReturn = request.method === 'GET' && url?.pathname === path;
      if (!isReturn) return void response.writeHead(404, headers).end(page('There is nothing here.'));
      if (url.searchParams.get('state') !== state)
        return void response.writeHead(400, headers).end(page('This is not the sign-in that was begun in the terminal.'));
      const back = readReturn(url.searchParams, issuer);
      const text = 'code' in back ? `You are back at Gatehouse. ${done}` : `You are not signed in. ${done}`;
      response.writeHead(200, headers).end(page(text), () => finish(succeed(back)));
    });
  });

const listen = (server: Server, port: number): Promise<Result<string>> =>
  new Promise((end) => {
    server.once('error', (error: Error & { code?: string }) =>
      end(failed('input-invalid', `Cannot listen on port ${port} of this machine (${error.code}); free it, or name another one.`)),
    );
    server.listen(port, '127.0.0.1', () => end(succeed(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)));
  });

/** Signs in with the browser of this machine: authorization code with PKCE (RFC 7636), back to an address of loopback (RFC 8252). */
export const signInByBrowser = async (options: BrowserOptions, authorization: URL): Promise<Result<Tokens>> => {
  const { issuer, scopes, transport, show, port } = options;
  const [state, nonce, verifier] = [secret(), secret(), secret()];
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 });
  try {
    const redirect = await listen(server, port);
    if (!redirect.ok) return redirect;
    const address = new URL(authorization);
    const query = {
      response_type: 'code',
      client_id: issuer.clientId,
      redirect_uri: redirect.value,
      scope: scopes.join(' '),
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const received = receive(server, state, options);
    show(address.href);
    const back = await received;
    if (!back.ok) return back;
    if ('refused' in back.value)
      return failed(
        'credential-refused',
        `The identity provider did not sign you in: ${inSentence(back.value.refused)}. Nothing was stored.`,
      );
    const answer = await postForm(transport, issuer.token, {
      grant_type: 'authorization_code',
      code: back.value.code,
      redirect_uri: redirect.value,
      client_id: issuer.clientId,
      code_verifier: verifier,
    });
    if (!answer.ok) return answer;
    const read = readForm(Tokens, answer.value, issuer.issuer);
    if ('error' in read) return failed('credential-refused', `Cannot sign in: ${read.say}.`);
    const checked = checkIdToken(read.done, issuer, nonce);
    return checked.ok ? succeed(read.done) : checked;
  } finally {
    server.close();
    server.closeAllConnections();
  }
};
