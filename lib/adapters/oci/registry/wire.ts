import http from 'node:http';
import https from 'node:https';
import type { SecureContext } from 'node:tls';
import { type Fault, faultOf } from '../../kubernetes/fault.ts';
import { socketHost } from '../../kubernetes/transport.ts';

/** Milliseconds that are waited. */
export interface Patience {
  /** Until the connection stands, TLS included, and the headers of the answer are there. */
  readonly answerMs: number;
  /** Until the next bytes of a body. */
  readonly silenceMs: number;
  /** For a registry that asks to wait (429), all waits of one request together. */
  readonly limitMs: number;
  /** Before a request that failed for a passing reason is sent again; doubled each time. */
  readonly pauseMs: number;
}
export const usualPatience: Patience = { answerMs: 30_000, silenceMs: 60_000, limitMs: 60_000, pauseMs: 500 };

export interface Way {
  readonly agent: http.Agent;
  /** The proxy it leads through, as it may be shown. */
  readonly proxy?: string;
  readonly secureContext: SecureContext;
}

export interface WireRequest extends Way {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly answerMs: number;
  readonly signal: AbortSignal;
}

/** An answer of which the body is still to be read, or destroyed. */
export type WireAnswer = { readonly ok: true; readonly answer: http.IncomingMessage } | { readonly ok: false; readonly fault: Fault };

/** Sends a request and waits for the headers of its answer. Never throws; follows no redirect. */
export const send = (request: WireRequest): Promise<WireAnswer> =>
  new Promise((resolve) => {
    const { url, signal, proxy, answerMs } = request;
    if (signal.aborted) return resolve({ ok: false, fault: cancelled });
    const isPlain = url.protocol === 'http:';
    const options = {
      method: request.method,
      protocol: url.protocol,
      hostname: socketHost(url),
      port: url.port || (isPlain ? 80 : 443),
      path: `${url.pathname}${url.search}`,
      headers: request.headers,
      agent: request.agent,
      maxHeaderSize: 32 * 1024,
    };
    const tls: https.RequestOptions & { readonly secureContext: SecureContext } = {
      ...options,
      secureContext: request.secureContext,
      rejectUnauthorized: true,
    };
    const sent = isPlain ? http.request(options) : https.request(tls);
    const finish = (outcome: WireAnswer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(outcome);
      if (!outcome.ok) sent.destroy();
    };
    const onAbort = (): void => finish({ ok: false, fault: cancelled });
    const timer = setTimeout(() => finish({ ok: false, fault: { kind: 'slow', detail: ` (${answerMs / 1_000} s)` } }), answerMs);
    signal.addEventListener('abort', onAbort, { once: true });
    // the agent hands a proxy's refusal on as if the server itself had answered; this event tells them apart
    sent.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200)
        finish({ ok: false, fault: { kind: 'proxy', detail: `${proxy} refused to pass the connection on (${statusCode})` } });
    });
    sent.on('error', (error) => finish({ ok: false, fault: proxy === undefined ? faultOf(error) : proxyFault(error, proxy) }));
    sent.once('response', (answer) => {
      // until somebody reads it, a broken body must not end the process
      answer.on('error', () => undefined);
      const hangUp = (): void => void answer.destroy();
      signal.addEventListener('abort', hangUp, { once: true });
      answer.once('close', () => signal.removeEventListener('abort', hangUp));
      finish({ ok: true, answer });
    });
    sent.end(request.body);
  });

const cancelled: Fault = { kind: 'cancelled', detail: '' };

/** With a proxy in between, the connection that failed is the one to the proxy, unless TLS with the server itself did. */
const proxyFault = (error: unknown, proxy: string): Fault => {
  const fault = faultOf(error);
  return ['dns', 'refused', 'unreachable', 'slow', 'cut'].includes(fault.kind)
    ? { kind: 'proxy', detail: `${proxy} cannot be reached or broke off` }
    : fault;
};

/** Nobody said anything for too long. */
export class Silence extends Error {}

/** The body as it arrives. It is the server's silence that ends it, not a slow reader. */
export async function* bodyOf(answer: http.IncomingMessage, silenceMs: number): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = answer[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    for (;;) {
      const timer = setTimeout(() => answer.destroy(new Silence()), silenceMs);
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done) break;
      yield next.value;
    }
    if (!answer.complete) throw Object.assign(new Error('the body was cut off'), { code: 'ECONNRESET' });
  } finally {
    answer.destroy();
  }
}

/** The whole body, at most `maxBytes` of it and for twice the silence that is borne, so that nobody is kept busy by drops; otherwise the fault. */
export const readBody = async (
  answer: http.IncomingMessage,
  maxBytes: number,
  silenceMs: number,
): Promise<{ readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly fault: Fault }> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const whole = setTimeout(() => answer.destroy(new Silence()), 2 * silenceMs);
  try {
    for await (const chunk of bodyOf(answer, silenceMs)) {
      size += chunk.length;
      if (size > maxBytes) return { ok: false, fault: { kind: 'too-large', detail: `${maxBytes / 2 ** 20} MiB` } };
      chunks.push(chunk);
    }
  } catch (error) {
    return { ok: false, fault: bodyFault(error, silenceMs) };
  } finally {
    clearTimeout(whole);
  }
  return { ok: true, bytes: Buffer.concat(chunks, size) };
};

/** Why a body ended before its end. */
export const bodyFault = (error: unknown, silenceMs: number): Fault => {
  if (error instanceof Silence) return { kind: 'slow', detail: ` (${silenceMs / 1_000} s)` };
  const fault = faultOf(error);
  return fault.kind === 'cut' ? { kind: 'cut-short', detail: fault.detail } : fault;
};
