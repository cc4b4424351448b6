import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { getCACertificates } from 'node:tls';
import { readText } from '../../../adapters/local/files.ts';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Terminal } from '../../terminal.ts';
import { isLoopback } from './address.ts';

export interface Sent {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}
export interface Received {
  readonly status: number;
  header(name: string): string | undefined;
  readonly text: string;
}
/** A body that arrives piece by piece. */
export interface Stream {
  readonly status: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Plain HTTP: no redirect is followed, no cookie kept, nothing tried twice. */
export interface Transport {
  /** A whole answer of `most` bytes at most. */
  ask(url: URL, sent: Sent, most?: number): Promise<Result<Received>>;
  open(url: URL): Promise<Result<Stream>>;
  close(): void;
}

export interface TransportOptions {
  readonly env: Terminal['env'];
  readonly signal: AbortSignal;
  /** Milliseconds without an answer, or without a further piece of it. */
  readonly timeoutMs: number;
  /** Authorities to trust besides those of Node, PEM. */
  readonly ca?: string | undefined;
}

/** Bytes of an answer of the API: a comparison of two large scans has tens of megabytes. */
const usualMost = 128 * 1024 * 1024;

/** What broke, for a person. Network codes are English enough, certificates are not. */
const why = (error: unknown): string => {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  if (/^(CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/.test(code))
    return `its certificate is not trusted (${code}); name its authority with --ca-file`;
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nobody listens there (ECONNREFUSED)',
    ENOTFOUND: 'there is no host of that name (ENOTFOUND)',
    EAI_AGAIN: 'its name cannot be looked up at the moment (EAI_AGAIN)',
    ECONNRESET: 'it closed the connection (ECONNRESET)',
    EPROTO: 'it does not speak TLS there (EPROTO)',
  };
  return words[code] ?? (code || message);
};

class TooLate extends Error {}
class TooLarge extends Error {}

const failureOf = (error: unknown, url: URL, { signal, timeoutMs }: TransportOptions) => {
  if (signal.aborted) return failed('cancelled', 'Stopped.');
  if (error instanceof TooLate)
    return failed(
      'timed-out',
      `${url.origin} did not answer within ${timeoutMs / 1000} s; try again, or allow more with --request-timeout.`,
    );
  if (error instanceof TooLarge) return failed('answer-invalid', `${url.origin} answered more than can be read; is it a Gatehouse server?`);
  return failed('cluster-unreachable', `Cannot reach ${url.origin}: ${why(error)}.`);
};

const read = async (message: IncomingMessage, most: number): Promise<string> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of message as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) throw new TooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};

/** The text of `--ca-file`. */
export const readAuthority = async (path: string | undefined): Promise<Result<string | undefined>> => {
  if (path === undefined) return succeed(undefined);
  const text = await readText(path, 'the certificate authority');
  if (!text.ok || text.value.includes('-----BEGIN CERTIFICATE-----')) return text;
  return failed(
    'input-invalid',
    `${path} holds no certificate (PEM); name the file of the authority that signed the server's certificate.`,
  );
};

export const createTransport = (options: TransportOptions): Transport => {
  const { env, signal, timeoutMs, ca } = options;
  const proxied = { keepAlive: true, proxyEnv: { ...env } };
  const trust = ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] };
  const agents = {
    // nothing for this machine goes through a proxy
    local: { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true, ...trust }) },
    remote: { 'http:': new http.Agent(proxied), 'https:': new https.Agent({ ...proxied, ...trust }) },
  };
  const begin = (url: URL, { method, headers = {}, body }: Sent): Promise<IncomingMessage> =>
    new Promise((done, fail) => {
      const isTls = url.protocol === 'https:';
      const agent = agents[isLoopback(url) ? 'local' : 'remote'][isTls ? 'https:' : 'http:'];
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const asked = (isTls ? https : http).request(
        url,
        { method, headers: { ...headers, ...length }, agent, signal, timeout: timeoutMs },
        done,
      );
      asked.on('timeout', () => asked.destroy(new TooLate()));
      asked.on('error', fail);
      asked.end(body);
    });
  return {
    ask: async (url, sent, most = usualMost) => {
      try {
        const message = await begin(url, sent);
        const text = await read(message, most);
        const header = (name: string) => [message.headers[name]].flat()[0];
        return succeed({ status: message.statusCode ?? 0, header, text });
      } catch (error) {
        return failureOf(error, url, options);
      }
    },
    open: async (url) => {
      try {
        const message = await begin(url, { method: 'GET' });
        return succeed({ status: message.statusCode ?? 0, pieces: message });
      } catch (error) {
        return failureOf(error, url, options);
      }
    },
    close: () => {
      for (const agent of [agents.local, agents.remote].flatMap((pair) => Object.values(pair))) agent.destroy();
    },
  };
};
