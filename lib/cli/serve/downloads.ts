import type { IncomingMessage, ServerResponse } from 'node:http';
import { verifyDownload } from '../../adapters/local/download-link.ts';
import type { RawRoute } from '../../http/node-server.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore } from '../../ports/object-store.ts';

const refuse = (response: ServerResponse, status: number, say: string): void => {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(`${say}\n`);
};

/** Serves files to whoever has a link that we signed; the link is the credential. */
export const downloadRoute = (objects: ObjectStore, secret: Uint8Array, clock: Clock): RawRoute => ({
  prefix: '/v1/downloads/',
  methods: ['GET', 'HEAD'],
  handle: async (request: IncomingMessage, response: ServerResponse) => {
    const link = verifyDownload(secret, request.url ?? '', clock.now());
    if (!link.ok) return refuse(response, 403, link.failure.say);
    const { key, versionId, disposition } = link.value;
    const read = await objects.get(key, { versionId });
    if (!read.ok) return refuse(response, 404, 'This file is not there any more.');
    const { object, body } = read.value;
    response.writeHead(200, {
      'content-type': object.contentType,
      'content-length': String(body.byteLength),
      'content-disposition': disposition,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  },
});
