import type { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import tls from 'node:tls';
import { createGunzip } from 'node:zlib';
import type { AddressGuard } from '../network/address-guard.ts';
import { guardAgent } from '../network/guarded-agent.ts';
import type { ClientCertificate } from './connection.ts';
import { type Fault, faultOf } from './fault.ts';

/** One HTTP request on the wire, nothing decided yet. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
  readonly agent: http.Agent;
  /** The proxy that `agent` leads through, as it may be shown. */
  readonly proxy?: string | undefined;
  readonly certificate?: ClientCertificate | undefined;
  /** PEM certificates to trust instead of Node's own. */
  readonly ca?: string | readonly string[] | undefined;
  /** Whether the server's certificate must be trusted. */
  readonly verify: boolean;
  /** Name to send in the TLS greeting instead of the URL's host. */
  readonly serverName?: string | undefined;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  /** Milliseconds until the connection stands, TLS included. */
  readonly connectTimeoutMs: number;
  /** Bytes of body after decompression that are accepted. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer, read to its end. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Certificate the server showed; absent on plain HTTP. */
  readonly peer?: X509Certificate;
}

/** What came of a request: an answer with any status, or the fault that prevented one. */
export type Exchange = { readonly ok: true; readonly answer: WireAnswer } | { readonly ok: false; readonly fault: Fault };

/** The host of a URL as sockets want it: IPv6 without its brackets. */
export const socketHost = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

export interface AgentOptions {
  /** How many TLS sessions can be taken up again; default 100. */
  readonly maxCachedSessions?: number;
  /** Where connections may go; anywhere without one. */
  readonly guard?: AddressGuard | undefined;
}

/** An agent that keeps connections, at most so many to one host. */
export const directAgent = (protocol: string, connections: number, { maxCachedSessions = 100, guard }: AgentOptions = {}): http.Agent => {
  // Node gives up on one address of several after 250 ms by default; a VPN can take longer than that. Idle connections are closed after `timeout`.
  const options = { keepAlive: true, maxSockets: connections, timeout: 10_000, autoSelectFamilyAttemptTimeout: 1_000, maxCachedSessions };
  const agent = protocol === 'http:' ? new http.Agent(options) : new https.Agent(options);
  return guard ? guardAgent(agent, guard) : agent;
};

/**
 * Makes an agent expect one name in the certificates of every server. Node itself would look for the wrong one behind a proxy, if the server is known by its
 * address, and it cannot be told with each request: it shares no connection between requests that bring a check of their own.
 */
export const expectName = (agent: http.Agent & { options?: https.AgentOptions }, name: string): void => {
  agent.options = { ...agent.options, checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(name, certificate) };
};

/** Sends one request and reads its answer. Never throws: every trouble is a fault. */
export const exchange = (request: WireRequest): Promise<Exchange> =>
  new Promise((resolve) => {
    const { signal, proxy, timeoutMs, connectTimeoutMs, maxBytes } = request;
    if (signal?.aborted) return resolve({ ok: false, fault: cancelled });
    const sent = (request.url.protocol === 'http:' ? http : https).request(wireOptions(request));
    const finish = (outcome: Exchange): void => {
      clearTimeout(whole);
      clearTimeout(connecting);
      signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
      if (!outcome.ok) sent.destroy();
    };
    const fail = (fault: Fault): void => finish({ ok: false, fault });
    const onAbort = (): void => fail(cancelled);
    const whole = setTimeout(() => fail(slow(timeoutMs)), timeoutMs);
    const connecting = setTimeout(() => fail(slow(connectTimeoutMs)), connectTimeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });

    sent.once('socket', (socket) => {
      if (sent.reusedSocket) clearTimeout(connecting);
      else socket.once(request.url.protocol === 'http:' ? 'connect' : 'secureConnect', () => clearTimeout(connecting));
    });
    // The proxy agent hands a proxy's refusal on as if the server itself had answered; this event tells them apart.
    sent.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) fail({ kind: 'proxy', detail: `${proxy} refused to pass the connection on (${statusCode})` });
    });
    sent.on('error', (error) => fail(proxy === undefined ? faultOf(error) : proxyFault(error, proxy)));
    sent.once('response', (answer) => {
      clearTimeout(connecting);
      const peer = answer.socket instanceof tls.TLSSocket ? answer.socket.getPeerX509Certificate() : undefined;
      readBody(answer, maxBytes).then(
        (body) => finish({ ok: true, answer: { status: answer.statusCode ?? 0, headers: answer.headers, body, ...(peer && { peer }) } }),
        (error: unknown) => fail(error instanceof TooLarge ? { kind: 'too-large', detail: `${maxBytes / 2 ** 20} MiB` } : bodyFault(error)),
      );
    });
    sent.end(request.body);
  });

const cancelled: Fault = { kind: 'cancelled', detail: '' };
const slow = (ms: number): Fault => ({ kind: 'slow', detail: ` (${ms / 1_000} s)` });

const bodyFault = (error: unknown): Fault => {
  const fault = faultOf(error);
  return fault.kind === 'cut' ? { kind: 'cut-short', detail: fault.detail } : fault;
};

/** With a proxy in between, the connection that failed is the one to the proxy, unless TLS with the server itself did. */
const proxyFault = (error: unknown, proxy: string): Fault => {
  const fault = faultOf(error);
  return ['dns', 'refused', 'unreachable', 'slow', 'cut'].includes(fault.kind)
    ? { kind: 'proxy', detail: `${proxy} cannot be reached or broke off` }
    : fault;
};

const wireOptions = (request: WireRequest): https.RequestOptions => {
  const { url, serverName } = request;
  return {
    method: request.method,
    protocol: url.protocol,
    hostname: socketHost(url),
    port: url.port || (url.protocol === 'http:' ? 80 : 443),
    path: `${url.pathname}${url.search}`,
    headers: { 'accept-encoding': 'gzip', ...request.headers },
    agent: request.agent,
    rejectUnauthorized: request.verify,
    ...(request.ca !== undefined && { ca: typeof request.ca === 'string' ? request.ca : [...request.ca] }),
    ...(request.certificate && { cert: request.certificate.cert, key: request.certificate.key }),
    // TLS knows no server name that is an address.
    ...(serverName !== undefined && isIP(serverName) === 0 && { servername: serverName }),
  };
};

class TooLarge extends Error {}

/** The body as text, decompressed, at most `maxBytes` of it. Rejects when it is cut off. */
const readBody = async (answer: http.IncomingMessage, maxBytes: number): Promise<string> => {
  const zipped = answer.headers['content-encoding'] === 'gzip';
  const stream: Readable = zipped ? answer.pipe(createGunzip()) : answer;
  // pipe() does not pass on that the source broke off; without this a cut-off gzip body would wait for ever.
  if (zipped) answer.once('error', (error) => stream.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
};
