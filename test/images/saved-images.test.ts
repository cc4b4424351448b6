import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRegistrySource } from '../../lib/adapters/oci/index.ts';
import { must } from '../support/answers.ts';
import { buildImage, makeTar, savedFiles } from '../support/oci-images.ts';
import { startRegistry } from './registry.ts';
import { readSavedImage } from './saved-images.ts';

it('brings an image out of a docker-archive into a registry', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-saved-'));
  const tar = makeTar([{ name: 'etc/os-release', body: 'ID=debian\n' }]);
  const image = buildImage({ layers: [tar] });
  await writeFile(join(folder, 'saved.tar'), makeTar(savedFiles([{ name: 'app:1', root: image.manifest, images: [image] }])));
  await using registry = await startRegistry();
  await registry.push([await readSavedImage(join(folder, 'saved.tar'), 'from/archive:1')]);
  await rm(folder, { recursive: true });
  const source = createRegistrySource();
  const { signal } = new AbortController();
  const opened = must(await source.open({ reference: `${registry.host}/from/archive:1`, platform: image.platform, signal }));
  const chunks: Uint8Array[] = [];
  for await (const chunk of must(await opened.layer(opened.identity.layers[0]?.digest ?? '', signal))) chunks.push(chunk);
  source.close();
  expect(opened.identity.configDigest).toBe(image.config.digest);
  expect(Buffer.compare(Buffer.concat(chunks), tar)).toBe(0);
});
