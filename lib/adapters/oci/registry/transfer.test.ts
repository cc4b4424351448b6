import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../../test/support/answers.ts';
import { buildImage, buildIndex, makeTar, sha256, type Tagged } from '../../../../test/support/oci-images.ts';
import { type Before, type RegistryServer, serve, startRegistryServer } from '../../../../test/support/registry-server.ts';
import { createRegistrySource, type RegistrySource } from './registry-source.ts';

const body = Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * 2_654_435_761) >>> 11));
const image = buildImage({ layers: [makeTar([{ name: 'data', body }])], packing: ['none'] });
const [layer] = image.layers;
if (!layer) throw new Error('an image without a layer');
const held: readonly Tagged[] = [{ name: 'app:1', root: image.manifest, images: [image] }];
const platform = { os: 'linux', architecture: 'amd64' };
const { signal } = new AbortController();

let server: RegistryServer;
let source: RegistrySource;
afterEach(async () => {
  source.close();
  await server.close();
});
const start = async (before?: Before, patience = {}, images = held) => {
  server = await startRegistryServer(images, before);
  source = createRegistrySource({ patience: { pauseMs: 1, silenceMs: 2_000, answerMs: 5_000, ...patience } });
  return source;
};
const open = (name = 'app:1') => source.open({ reference: `${server.host}/${name}`, platform, signal });
const read = async (stopping = signal): Promise<Buffer> => {
  const opened = must(await open());
  const chunks: Uint8Array[] = [];
  for await (const chunk of must(await opened.layer(layer.digest, stopping))) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const isLayer = (url: string): boolean => url.endsWith(`/blobs/${layer.digest}`);

describe('a broken transfer', () => {
  /** Hangs up after so many bytes of the layer, as often as told. */
  const breaking = (bytes: number, times: number, knowsRanges = true): Before => {
    let left = times;
    return (request, response) => {
      if (!isLayer(request.url)) return false;
      const from = knowsRanges ? Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
      const rest = layer.bytes.subarray(from);
      const range = from > 0 ? { 'content-range': `bytes ${from}-${layer.bytes.length - 1}/${layer.bytes.length}` } : {};
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...range });
      if (left <= 0) return Boolean(response.end(rest));
      left -= 1;
      response.write(rest.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
      return true;
    };
  };

  it('goes on where it broke', async () => {
    await start(breaking(100_000, 3));
    expect(Buffer.compare(await read(), layer.bytes)).toBe(0);
    const ranges = server.received.filter(({ url }) => isLayer(url)).map(({ headers }) => headers.range);
    // what was received and not yet read when the connection broke may be asked for again
    const from = ranges.map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0));
    expect(from).toHaveLength(4);
    expect(from).toEqual(from.toSorted((one, other) => one - other));
    expect(from.at(-1)).toBeGreaterThan(0);
  });

  it('begins again where the server knows no ranges, and gives no byte twice', async () => {
    await start(breaking(100_000, 2, false));
    expect(Buffer.compare(await read(), layer.bytes)).toBe(0);
  });

  it('ends in the end', async () => {
    await start(breaking(1_000, 99));
    await expect(read()).rejects.toThrow(
      /^An answer of the registry 127\.0\.0\.1:\d+ was cut short; try again, and check proxies on the way\.$/,
    );
    expect(server.received.filter(({ url }) => isLayer(url))).toHaveLength(6);
  });

  it('does not accept another part than the one asked for', async () => {
    const other: Before = (request, response) => {
      if (!isLayer(request.url) || request.headers.range === undefined) return breaking(100_000, 1)(request, response, 0);
      response.writeHead(206, { 'content-range': `bytes 5-9/${layer.bytes.length}` }).end('fffff');
      return true;
    };
    await start(other);
    await expect(read()).rejects.toThrow('went on with another part');
  });

  it('stops waiting for a server that has fallen silent', async () => {
    await start(
      (request, response) => {
        if (!isLayer(request.url)) return false;
        response.writeHead(200, { 'content-length': layer.bytes.length }).write(layer.bytes.subarray(0, 10));
        return true;
      },
      { silenceMs: 30 },
    );
    await expect(read()).rejects.toThrow('did not answer in time (0.03 s)');
  });

  it('ends at once when it is cancelled', async () => {
    await start(breaking(100_000, 99));
    const stopping = new AbortController();
    const opened = must(await open());
    const stream = must(await opened.layer(layer.digest, stopping.signal));
    const all = (async () => {
      for await (const _ of stream) stopping.abort();
    })();
    await expect(all).rejects.toThrow('was cancelled');
  });
});

it('takes no more of a layer than its reader does', async () => {
  const part = Buffer.alloc(2 ** 20);
  const parts = 96;
  const hash = createHash('sha256');
  for (let at = 0; at < parts; at += 1) hash.update(part);
  const digest = `sha256:${hash.digest('hex')}`;
  let sent = 0;
  await start((request, response) => {
    if (!request.url.endsWith(digest)) return false;
    response.writeHead(200, { 'content-length': parts * part.length });
    const more = (): void => {
      if (sent === parts * part.length) return void response.end();
      sent += part.length;
      if (response.write(part)) more();
      else response.once('drain', more);
    };
    more();
    return true;
  });
  const manifest = {
    ...(JSON.parse(image.manifest.bytes.toString()) as object),
    layers: [{ mediaType: '', digest, size: parts * part.length }],
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  server.contents.set('/v2/app/manifests/1', { bytes, digest: sha256(bytes), mediaType: 'application/json' });
  let received = 0;
  let ahead = 0;
  for await (const chunk of must(await must(await open()).layer(digest, signal))) {
    received += chunk.length;
    // let the other side send what it can
    await new Promise((resolve) => setImmediate(resolve));
    ahead = Math.max(ahead, sent - received);
  }
  expect(received).toBe(parts * part.length);
  expect(ahead).toBeLessThan(40 * 2 ** 20);
});

it('does not wait for drops of a manifest for ever', async () => {
  await start(
    (request, response) => {
      if (!request.url.includes('/manifests/')) return false;
      response.writeHead(200, { 'content-length': 1_000_000 });
      const dripping = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(dripping));
      return true;
    },
    { silenceMs: 150 },
  );
  expect(codeOf(await open())).toBe('timed-out');
});

describe('bytes that are not what they should be', () => {
  it('are more than the manifest says', async () => {
    await start((request, response) => {
      if (!isLayer(request.url)) return false;
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      response.write(layer.bytes);
      response.end('and more');
      return true;
    });
    await expect(read()).rejects.toThrow('is longer than its manifest says');
  });

  it('are announced in another number', async () => {
    await start();
    server.contents.set(`/v2/app/blobs/${layer.digest}`, { ...layer, bytes: Buffer.from('short') });
    expect(sayOf(await must(await open()).layer(layer.digest, signal))).toContain(`has 5 bytes as layer ${layer.digest}`);
  });

  it.each([
    [
      'the manifest',
      () => server.contents.set('/v2/app/manifests/1', { ...image.manifest, bytes: Buffer.from('{}') }),
      'does not match its digest',
    ],
    [
      'the configuration',
      () => server.contents.set(`/v2/app/blobs/${image.config.digest}`, { ...image.config, bytes: Buffer.from('{}') }),
      'The configuration of ',
    ],
  ])('are %s', async (_, spoil, say) => {
    await start();
    spoil();
    const refused = await open();
    expect(codeOf(refused)).toBe('answer-invalid');
    expect(sayOf(refused)).toContain(say);
  });

  it('are another manifest than the digest asked for, though the registry says otherwise', async () => {
    await start();
    const digest = `sha256:${'a'.repeat(64)}`;
    server.contents.set(`/v2/app/manifests/${digest}`, { ...image.manifest, digest });
    expect(sayOf(await open(`app@${digest}`))).toContain('does not match its digest');
    expect(codeOf(await open(`app@${image.manifest.digest}`))).toBe('ok');
  });
});

describe('manifests', () => {
  const put = (text: unknown) => {
    const bytes = Buffer.from(typeof text === 'string' ? text : JSON.stringify(text));
    server.contents.set('/v2/app/manifests/1', { bytes, digest: sha256(bytes), mediaType: 'application/json' });
  };
  const manifest = JSON.parse(image.manifest.bytes.toString()) as Record<string, unknown>;
  it.each([
    ['a login page', '<html>please log in</html>', 'answer-invalid', 'is not JSON; check that no login page'],
    ['schema 1', { schemaVersion: 1, fsLayers: [] }, 'version-unsupported', "has a manifest of Docker's schema 1"],
    ['an index and an image at once', { ...manifest, manifests: [] }, 'answer-invalid', 'is an index and an image at once'],
    ['nothing', {}, 'answer-invalid', "is not shaped as an image's at config"],
    ['a digest of another kind', { ...manifest, layers: [{ digest: 'md5:1', size: 1 }] }, 'answer-invalid', 'at layers.0.digest'],
    [
      'a way out of the API',
      { ...manifest, config: { digest: '../../v2/other/blobs/sha256:0', size: 1 } },
      'answer-invalid',
      'at config.digest',
    ],
    ['more than 4 MiB', `{"x":"${'x'.repeat(4 * 2 ** 20)}"}`, 'answer-invalid', 'is larger than 4 MiB'],
    [
      'a chart',
      { ...manifest, config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: sha256('x'), size: 1 } },
      'input-invalid',
      'is no container image but an artefact of type application/vnd.cncf.helm.config.v1+json',
    ],
    [
      'a large configuration',
      { ...manifest, config: { digest: sha256('x'), size: 9 * 2 ** 20 } },
      'answer-invalid',
      'is larger than 8 MiB',
    ],
  ] as const)('of %s are refused', async (_, text, code, say) => {
    await start();
    put(text);
    const refused = await open();
    expect([codeOf(refused), sayOf(refused)]).toEqual([code, expect.stringContaining(say)]);
  });

  it('of an index within itself end', async () => {
    await start();
    const loops = buildIndex(
      [],
      [{ mediaType: 'application/vnd.oci.image.index.v1+json', digest: image.manifest.digest, size: image.manifest.bytes.length }],
    );
    put(loops.bytes.toString());
    expect(codeOf(await open())).toBe('ok');
    // each level names the next one, and there are more than are followed
    let below = image.manifest;
    for (let level = 0; level < 6; level += 1) {
      below = buildIndex([], [{ mediaType: below.mediaType, digest: below.digest, size: below.bytes.length }]);
      server.contents.set(`/v2/app/manifests/${below.digest}`, below);
    }
    put(below.bytes.toString());
    expect(sayOf(await open())).toContain('is an index of indexes without an end');
  });

  it('name foreign layers, which are read if the registry has them', async () => {
    await start();
    put({
      ...manifest,
      layers: [
        {
          mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
          digest: layer.digest,
          size: layer.bytes.length,
          urls: ['https://go.example/layer'],
        },
      ],
    });
    const opened = must(await open());
    expect(codeOf(await opened.layer(layer.digest, signal))).toBe('ok');
    server.contents.delete(`/v2/app/blobs/${layer.digest}`);
    expect(sayOf(await opened.layer(layer.digest, signal))).toContain(
      'is a foreign layer: registries do not hold it, it would have to be fetched from go.example',
    );
  });
});

describe('a registry that is busy', () => {
  const busy = (times: number, status: number, headers: Record<string, string> = {}): Before => {
    let left = times;
    return (request, response) => {
      if (!request.url.includes('/manifests/') || left-- <= 0) return false;
      response.writeHead(status, headers).end('{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down, Bearer abcdefghijkl"}]}');
      return true;
    };
  };
  it('is waited for as long as it asks', async () => {
    await start(busy(2, 429, { 'retry-after': '0' }));
    expect(codeOf(await open())).toBe('ok');
  });
  it('is asked again after a passing failure', async () => {
    await start(busy(2, 503));
    expect(codeOf(await open())).toBe('ok');
  });
  it('is not waited for too long', async () => {
    await start(busy(9, 429, { 'retry-after': '3600' }));
    const refused = await open();
    expect(codeOf(refused)).toBe('cluster-overloaded');
    expect(sayOf(refused)).toMatch(
      /limits how much may be asked \(429\): slow down, Bearer \[credential removed\]; sign in, use a mirror, or try again later\.$/,
    );
    expect(server.received.filter(({ url }) => url.includes('/manifests/'))).toHaveLength(1);
  });
  it('is given up', async () => {
    await start(busy(99, 500));
    expect(sayOf(await open())).toContain('failed (500)');
  });
});

describe('failures', () => {
  it.each([
    [403, '{"errors":[{"code":"DENIED","message":"requested access is denied"}]}', 'permission-missing', 'does not let everybody read'],
    [404, '{"errors":[{"code":"NAME_UNKNOWN"}]}', 'not-found', 'it knows no such repository'],
    [404, '', 'not-found', 'check tag or digest'],
    [418, 'teapot', 'answer-invalid', 'answered 418'],
  ])('of status %i are told', async (status, text, code, say) => {
    await start((request, response) => Boolean(request.url !== '/v2/' && response.writeHead(status).end(text)));
    const refused = await open();
    expect([codeOf(refused), sayOf(refused)]).toEqual([code, expect.stringContaining(say)]);
  });

  it('of redirects in circles, or to what is not HTTP, are told', async () => {
    let location = '/v2/app/manifests/1';
    await start((request, response) => Boolean(request.url !== '/v2/' && response.writeHead(307, { location }).end()));
    expect(sayOf(await open())).toContain('sends requests in circles');
    location = 'file:///etc/passwd';
    expect(sayOf(await open())).toContain('sends requests to an address that is not HTTP');
  });

  it('of nobody who answers are told', async () => {
    await start();
    await server.close();
    expect(sayOf(await open())).toContain('refused the connection');
  });

  it('of a silent registry are told', async () => {
    await start((request) => request.url !== '/v2/', { answerMs: 1_000 });
    expect(codeOf(await open())).toBe('timed-out');
  });

  it('of a cancelled request are told', async () => {
    const stopping = new AbortController();
    await start((request, response) => {
      if (request.url === '/v2/') return false;
      stopping.abort();
      serve(server.contents, request, response);
      return true;
    });
    expect(codeOf(await source.open({ reference: `${server.host}/app:1`, platform, signal: stopping.signal }))).toBe('cancelled');
  });
});
