import type { ServerResponse } from 'node:http';
import { type Received, type ServerOptions, startServer, type TestServer } from './https-server.ts';
import type { Blob, Tagged } from './oci-images.ts';

/** A registry that holds a few images and does what a test wants. */
export interface RegistryServer extends TestServer {
  /** `127.0.0.1:5000` */
  readonly host: string;
  /** What it holds, by path; tests may change it. */
  readonly contents: Map<string, Blob>;
}

/** Looks at a request before the registry does; `true` when it answered itself. */
export type Before = (request: Received, response: ServerResponse, count: number) => boolean;

/** A name of a `Tagged` is `repository:tag` here. */
export const startRegistryServer = async (
  tagged: readonly Tagged[],
  before: Before = () => false,
  options: ServerOptions = {},
): Promise<RegistryServer> => {
  const contents = new Map<string, Blob>();
  for (const { name, root, images } of tagged) {
    const [repository = '', tag = ''] = name.split(':');
    contents.set(`/v2/${repository}/manifests/${tag}`, root);
    for (const one of [root, ...images.map(({ manifest }) => manifest)]) contents.set(`/v2/${repository}/manifests/${one.digest}`, one);
    for (const one of images.flatMap(({ config, layers }) => [config, ...layers]))
      contents.set(`/v2/${repository}/blobs/${one.digest}`, one);
  }
  const server = await startServer((request, response, count) => {
    if (before(request, response, count)) return;
    serve(contents, request, response);
  }, options);
  return Object.assign(server, { contents, host: `127.0.0.1:${server.port}` });
};

/** Answers as a registry does, ranges included. */
export const serve = (contents: ReadonlyMap<string, Blob>, { url, headers }: Received, response: ServerResponse): void => {
  if (url === '/v2/') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  const found = contents.get(url);
  if (!found) {
    const code = url.includes('/blobs/') ? 'BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN';
    return void response
      .writeHead(404, { 'content-type': 'application/json' })
      .end(JSON.stringify({ errors: [{ code, message: 'unknown' }] }));
  }
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  const type = url.includes('/blobs/') ? 'application/octet-stream' : found.mediaType;
  const range = from > 0 ? { 'content-range': `bytes ${from}-${found.bytes.length - 1}/${found.bytes.length}` } : {};
  const head = { 'content-type': type, 'docker-content-digest': found.digest, 'content-length': found.bytes.length - from, ...range };
  response.writeHead(from > 0 ? 206 : 200, head).end(found.bytes.subarray(from));
};
