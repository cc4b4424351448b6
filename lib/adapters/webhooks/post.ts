import http from 'node:http';
import https from 'node:https';
import { type Fault, faultOf } from '../kubernetes/fault.ts';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly agent: http.Agent;
  /** PEM certificates to trust instead of Node's own. */
  readonly ca?: string | undefined;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export type PostAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      readonly retryAfter: string | undefined;
      /** The beginning of the answer, as text, once it was read. */
      body(): string;
    }
  | { readonly ok: false; readonly fault: Fault };

/** Bytes of an answer that are waited for; few read them, but hanging up on a receiver in mid-sentence fills its logs. */
const maxBytes = 64 * 1_024;

/** Posts a body and tells the status. Follows no redirect, and never throws. */
export const post = ({ url, headers, body, agent, ca, timeoutMs, signal }: Post): Promise<PostAnswer> =>
  new Promise((resolve) => {
    const cancelled: PostAnswer = { ok: false, fault: { kind: 'cancelled', detail: '' } };
    if (signal?.aborted) return resolve(cancelled);
    let answered: PostAnswer | undefined;
    const options = { method: 'POST', agent, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } };
    const sent = url.protocol === 'http:' ? http.request(url, options) : https.request(url, { ...options, ca, rejectUnauthorized: true });
    /** Ends the exchange. Once there is a status it stands, whatever becomes of the rest of the answer. */
    const finish = (otherwise: PostAnswer): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(answered ?? otherwise);
      sent.destroy();
    };
    const onAbort = (): void => finish(cancelled);
    const timer = setTimeout(() => finish({ ok: false, fault: { kind: 'slow', detail: ` (${timeoutMs / 1_000} s)` } }), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    sent.on('error', (error) => finish({ ok: false, fault: faultOf(error) }));
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      const taken: PostAnswer = {
        ok: true,
        status: response.statusCode ?? 0,
        retryAfter: response.headers['retry-after'],
        body: () => Buffer.concat(parts).toString(),
      };
      answered = taken;
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        parts.push(chunk);
        if (size > maxBytes) finish(taken);
      });
      response.once('close', () => finish(taken));
      response.on('error', () => finish(taken));
    });
    sent.end(body);
  });
