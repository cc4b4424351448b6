import https from 'node:https';
import { guardAgent } from '../network/guarded-agent.ts';
import { guardFor, type WebhookSenderOptions } from './sender.ts';

export interface FetcherOptions extends Pick<WebhookSenderOptions, 'allow' | 'resolve' | 'ca' | 'version'> {
  readonly isLoopbackAllowed?: boolean | undefined;
}

/** Bytes of a document at most: lists of keys are small. */
const maxBytes = 256 * 1024;

/**
 * `fetch` for documents whose address somebody else named: GET over TLS, to allowed addresses only, no redirects, a limited size and time. What `jose` and discovery take in place of the global one.
 */
export const createFetcher = ({ allow, resolve, ca, version, isLoopbackAllowed = false }: FetcherOptions) => {
  const guard = guardFor({ allow, resolve, hosts: { patterns: [], isLoopbackAllowed } });
  const agent = guardAgent(new https.Agent({ keepAlive: false, maxCachedSessions: 0 }), guard);
  return (address: string | URL, { signal }: { readonly signal?: AbortSignal | null | undefined } = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const url = new URL(address);
      if (url.protocol !== 'https:') return reject(new Error('only https:// is fetched'));
      const headers = { accept: 'application/json', 'user-agent': `gatehouse/${version}` };
      const sent = https.get(url, { agent, headers, ca, rejectUnauthorized: true, ...(signal ? { signal } : {}) });
      sent.once('error', reject);
      sent.once('response', (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > maxBytes) sent.destroy(new Error('the document is too large'));
          else parts.push(part);
        });
        response.once('error', reject);
        response.once('end', () => {
          const status = response.statusCode ?? 500;
          const type = response.headers['content-type'];
          // a redirect is an answer like any other, and none that is good
          resolve(
            new Response(status === 200 ? Buffer.concat(parts) : null, { status, ...(type ? { headers: { 'content-type': type } } : {}) }),
          );
        });
      });
    });
};
export type Fetcher = ReturnType<typeof createFetcher>;
