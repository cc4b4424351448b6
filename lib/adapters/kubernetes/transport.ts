import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import type { PeerCertificate } from 'node:tls';
import tls from 'node:tls';
import { createGunzip } from 'node:zlib';
import type { ClientCertificate } from './connection.ts';
import { type Fault, faultOf } from './fault.ts';

/** One HTTP request on the wire, nothing decided yet. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
  readonly agent: http.Agent;
  readonly certificate?: ClientCertificate;
  readonly ca?: string | readonly string[];
  /** Whether the server's certificate must be trusted. */
  readonly verify: boolean;
  /** Name expected in the certificate instead of the URL's host. */
  readonly serverName?: string;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  /** Milliseconds until the TLS session stands; the whole time when left out. */
  readonly connectTimeoutMs?: number;
  /** Bytes of body after decompression that are accepted. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** An answer, read to its end. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Certificate the server showed, DER; absent on plain HTTP. */
  readonly peer?: import('node:crypto').X509Certificate;
}

/** What came of a request: an answer with any status, or the fault that prevented one. */
export type Exchange = { readonly ok: true; readonly answer: WireAnswer } | { readonly ok: false; readonly fault: Fault };

/** Host of a URL as sockets want it: IPv6 without its brackets. */
export const socketHost = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/** Sends one request and reads its answer. Never throws: every trouble is a fault. */
export const exchange = (request: WireRequest): Promise<Exchange> =>
  new Promise((resolve) => {
    if (request.signal?.aborted) return resolve(fault('cancelled'));
    const timers: NodeJS.Timeout[] = [];
    const finish = (outcome: Exchange): void => {
      for (const timer of timers) clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
    };
    const fail = (kind: Fault['kind'], detail = ''): void => {
      finish(fault(kind, detail));
      sent.destroy();
    };
    const onAbort = (): void => fail('cancelled');
    const sent = (request.url.protocol === 'http:' ? http : https).request(wireOptions(request), (answer) => {
      const peer = answer.socket instanceof tls.TLSSocket ? answer.socket.getPeerX509Certificate() : undefined;
      readBody(answer, request.maxBytes).then(
        (body) => finish({ ok: true, answer: { status: answer.statusCode ?? 0, headers: answer.headers, body, ...(peer && { peer }) } }),
        (error: unknown) => {
          if (error instanceof TooLarge) return fail('too-large', `${Math.round(request.maxBytes / 2 ** 20)} MiB`);
          const seen = faultOf(error);
          finish({ ok: false, fault: seen.kind === 'cut' ? { kind: 'cut-short', detail: seen.detail } : seen });
          sent.destroy();
        },
      );
    });
    const after = (ms: number): void => {
      timers.push(setTimeout(() => fail('slow', ` (${ms / 1000} s)`), ms));
    };
    after(request.timeoutMs);
    const { connectTimeoutMs } = request;
    if (connectTimeoutMs !== undefined) {
      sent.once('socket', (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(() => fail('slow', ` (${connectTimeoutMs / 1000} s)`), connectTimeoutMs);
        timers.push(timer);
        socket.once(request.url.protocol === 'http:' ? 'connect' : 'secureConnect', () => clearTimeout(timer));
      });
    }
    request.signal?.addEventListener('abort', onAbort, { once: true });
    sent.on('error', (error) => finish({ ok: false, fault: faultOf(error) }));
    sent.end(request.body);
  });

const fault = (kind: Fault['kind'], detail = ''): Exchange => ({ ok: false, fault: { kind, detail } });

const wireOptions = (request: WireRequest): https.RequestOptions => {
  const name = request.serverName;
  return {
    method: request.method,
    protocol: request.url.protocol,
    hostname: socketHost(request.url),
    port: request.url.port || (request.url.protocol === 'http:' ? 80 : 443),
    path: `${request.url.pathname}${request.url.search}`,
    headers: { 'accept-encoding': 'gzip', ...request.headers },
    agent: request.agent,
    rejectUnauthorized: request.verify,
    ...(request.ca !== undefined && { ca: typeof request.ca === 'string' ? request.ca : [...request.ca] }),
    ...(request.certificate && { cert: request.certificate.cert, key: request.certificate.key }),
    ...(name !== undefined && {
      servername: name,
      checkServerIdentity: (_host: string, certificate: PeerCertificate) => tls.checkServerIdentity(name, certificate),
    }),
  };
};

/** An agent that keeps connections, at most so many to one host. */
export const directAgent = (protocol: string, connections: number): http.Agent => {
  // Node gives up on one address of several after 250 ms by default; a VPN can take longer than that. Idle connections are closed after `timeout`.
  const options = { keepAlive: true, maxSockets: connections, timeout: 10_000, autoSelectFamilyAttemptTimeout: 1_000 };
  return protocol === 'http:' ? new http.Agent(options) : new https.Agent(options);
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
