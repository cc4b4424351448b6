import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Asked {
  readonly method?: string;
  /** Sent exactly as it is: nothing tidies it up on the way. */
  readonly path: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
}
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; `undefined` when there is none. */
  readonly json: Record<string, unknown> | undefined;
}

const bytesOf = (body: unknown): Buffer | undefined => {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

/** A client that sends what a browser or `fetch` would refuse to send. */
export const apiClient = (url: string) => {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = ({ method = 'GET', path, token, headers = {}, body }: Asked): Promise<Answered> =>
    new Promise((done, fail) => {
      const bytes = bytesOf(body);
      const asked = request(
        {
          hostname: hostname.replace(/^\[|\]$/g, ''),
          port,
          method,
          path,
          agent,
          headers: {
            ...(bytes ? { 'content-type': 'application/json', 'content-length': bytes.length } : {}),
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...headers,
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', fail);
          response.on('end', () => {
            const text = Buffer.concat(parts).toString();
            const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
            done({ status: response.statusCode ?? 0, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined });
          });
        },
      );
      asked.on('error', fail);
      asked.end(bytes);
    });
  return { ask, close: () => agent.destroy() };
};
export type ApiClient = ReturnType<typeof apiClient>;
