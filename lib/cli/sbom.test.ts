import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildImage, layoutFiles, makeTar, savedFiles } from '../../test/support/oci-images.ts';
import { runCli } from '../../test/support/run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-sbom-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const status = 'Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\nArchitecture: amd64\n\n';
const tar = makeTar([
  { name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\n' },
  { name: 'var/lib/dpkg/status', body: status },
]);
const image = buildImage({ layers: [tar] });
const tagged = (name: string) => ({ name, root: image.manifest, images: [image] });
const archive = async (name: string, ...names: readonly string[]): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, makeTar(savedFiles(names.map(tagged))));
  return path;
};

it.each([
  ['spdx-json', { spdxVersion: 'SPDX-2.3' }],
  ['cyclonedx-json', { specVersion: '1.6' }],
  ['cyclonedx-1.7-json', { specVersion: '1.7' }],
  ['syft-json', { descriptor: { name: 'gatehouse' }, distro: { id: 'debian' } }],
])('%s of an archive goes to standard output, and nothing else does', async (format, expected) => {
  const path = await archive('one.tar', 'app:1');
  const ran = await runCli(['sbom', path, '--format', format, '--no-cache', '--quiet']);
  expect(ran).toMatchObject({ exit: 0, err: '' });
  expect(JSON.parse(ran.out)).toMatchObject(expected);
  expect(ran.out).toContain('libc6');
  expect((await runCli(['sbom', path, '--format', format, '--no-cache', '--quiet'])).out).toBe(ran.out);
});

it('a table for people, and a file for others', async () => {
  const path = await archive('two.tar', 'app:1', 'other:2');
  const shown = await runCli(['sbom', 'other:2', '--image-archive', path, '--format', 'table', '--no-cache']);
  expect(shown.out).toMatch(/libc6\s+deb\s+2\.36-9/);
  const out = join(folder, 'app.spdx.json');
  const env = { SOURCE_DATE_EPOCH: '0' };
  const saved = await runCli(['sbom', 'app:1', '--image-archive', path, '--no-cache', '--quiet', '--out', out], { env });
  expect(saved).toMatchObject({ exit: 0, out: '' });
  expect(JSON.parse(await readFile(out, 'utf8')).creationInfo.created).toBe('1970-01-01T00:00:00Z');
  const another = buildImage({ layers: [tar], architecture: 'arm64' });
  const both = [tagged('app:1'), { name: 'other:2', root: another.manifest, images: [another] }];
  await writeFile(path, makeTar(savedFiles(both)));
  const unclear = await runCli(['sbom', path, '--no-cache']);
  expect(unclear.exit).toBe(2);
  expect(unclear.err).toContain('holds 2 images; say which');
});

it('keeps what it knows where the user says', async () => {
  const path = await archive('three.tar', 'app:1');
  const env = { XDG_CACHE_HOME: join(folder, 'cache') };
  const first = await runCli(['sbom', path, '--quiet'], { env });
  expect(first).toMatchObject({ exit: 0, err: '' });
  const kept = (cache: string) => readFile(join(cache, 'layers'), 'utf8').catch((error: { code?: string }) => error.code);
  expect(await kept(join(folder, 'cache', 'gatehouse'))).toBe('EISDIR');
  expect(await runCli(['sbom', path, '--quiet', '--cache', join(folder, 'own')], { env: {} })).toMatchObject({ exit: 0, out: first.out });
  expect(await kept(join(folder, 'own'))).toBe('EISDIR');
});

it('a document that misses a layer is written, says so, and ends with 2', async () => {
  const path = join(folder, 'layout');
  await mkdir(join(path, 'blobs/sha256'), { recursive: true });
  for (const { name, body = '' } of layoutFiles([tagged('app:1')]))
    await writeFile(join(path, name), name.endsWith(image.layers[0]?.digest.slice(7) ?? '?') ? Buffer.from(body).subarray(0, 60) : body);
  const ran = await runCli(['sbom', path, '--no-cache', '--quiet']);
  expect(ran.exit).toBe(2);
  expect(ran.err).toContain('1 of 1 layers could not be read to their end');
  expect(JSON.parse(ran.out).comment).toMatch(/^This document is incomplete\. Layer sha256:/);
});

it.each([
  [['sbom'], 'Name an image'],
  [['sbom', './nowhere.tar'], 'nowhere.tar'],
  [['sbom', 'Not An Image'], 'is no image reference'],
  [['sbom', 'app:1', '--platform', 'linux'], 'linux/arm64/v8'],
  [['sbom', 'app:1', '--mirror', 'docker.io'], 'docker.io=https://mirror.example'],
  [['sbom', 'app:1', '--auth-file', '/nowhere/auth.json'], 'Cannot read the auth file'],
])('%j ends with 2 and a sentence', async (argv, sentence) => {
  const ran = await runCli([...argv]);
  expect(ran).toMatchObject({ exit: 2, out: '' });
  expect(ran.err).toContain(sentence);
});

it('asks mirrors with their prefix, and of plain HTTP only when told', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, answer) => {
    asked.push(url);
    answer.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ran = await runCli(['sbom', `${host}/team/app:1`, '--mirror', `${host}/team=${host}/cache`, '--no-cache']);
  server.close();
  server.closeAllConnections();
  expect(ran.exit).toBe(2);
  expect(asked.filter((url) => url.includes('manifests'))).toEqual(['/v2/cache/app/manifests/1', '/v2/team/app/manifests/1']);
});
