import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyDownload } from '../../lib/adapters/local/download-link.ts';
import { openFileObjects } from '../../lib/adapters/local/file-objects.ts';
import { must } from '../support/answers.ts';
import { describeObjectStore } from './object-store.contract.ts';

describeObjectStore('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-objects-'));
  const secret = Buffer.alloc(32, 7);
  let now = new Date().toISOString();
  const server = createServer(async (request, response) => {
    const download = verifyDownload(secret, request.url ?? '', now);
    if (!download.ok) return response.writeHead(403).end(download.failure.say);
    const { object, body } = must(await store.get(download.value.key, download.value));
    return response.writeHead(200, { 'content-type': object.contentType, 'content-disposition': download.value.disposition }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const store = must(await openFileObjects(folder, { now: () => now, downloads: { baseUrl, secret }, pageSize: 5 }));
  return {
    store,
    download: (url) => fetch(url),
    setNow: (iso) => {
      now = iso;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
});
