import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../../test/support/answers.ts';
import { buildImage, buildIndex, layoutFiles, makeTar, savedFiles, sha256, type TarFile } from '../../../../test/support/oci-images.ts';
import type { OpenedImage } from '../../../ports/image-source.ts';
import { openArchive } from './open-archive.ts';

const tar = makeTar([{ name: 'a', body: 'a'.repeat(5_000) }]);
const image = buildImage({ layers: [tar] });
const arm = buildImage({ layers: [tar], architecture: 'arm64' });
const saved = savedFiles([{ name: 'registry.example/app:1', root: image.manifest, images: [image] }]);
const layout = layoutFiles([{ name: 'registry.example/app:1', root: image.manifest, images: [image] }]);
const platform = { os: 'linux', architecture: 'amd64' };
const { signal } = new AbortController();

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));
const written = async (bytes: Uint8Array): Promise<string> => {
  count += 1;
  const path = join(folder, `images-${count}.tar`);
  await writeFile(path, bytes);
  return path;
};
const opening = async (files: readonly TarFile[]) => openArchive(await written(makeTar(files)));
const open = async (files: readonly TarFile[], reference = '') => {
  const archive = await opening(files);
  return archive.ok ? archive.value.open({ reference, platform, signal }) : archive;
};
const read = async (opened: OpenedImage): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of must(await opened.layer(opened.identity.layers[0]?.digest ?? '', signal))) chunks.push(chunk);
  return Buffer.concat(chunks);
};
/** A docker-archive with one layer, stored as given. */
const savedWith = (path: string, stored: Uint8Array, more: readonly TarFile[] = []): readonly TarFile[] => [
  { name: `${image.config.digest.slice(7)}.json`, body: image.config.bytes },
  { name: path, body: stored },
  ...more,
  {
    name: 'manifest.json',
    body: JSON.stringify([{ Config: `${image.config.digest.slice(7)}.json`, RepoTags: ['app:1'], Layers: [path] }]),
  },
];

describe('layers of a docker-archive', () => {
  it.each([
    ['plain', tar],
    ['gzip', gzipSync(tar)],
    ['zstd', zstdCompressSync(tar)],
  ])('are unpacked: %s', async (_, stored) => {
    const opened = must(await open(savedWith('layer.tar', stored)));
    expect(opened.identity.layers).toEqual([
      { digest: sha256(tar), mediaType: 'application/vnd.docker.image.rootfs.diff.tar', size: stored.length },
    ]);
    expect(Buffer.compare(await read(opened), tar)).toBe(0);
  });

  it('are known as registries know them where their name tells', async () => {
    const packed = gzipSync(tar);
    const opened = must(await open(savedWith(`${sha256(packed).slice(7)}.tar.gz`, packed)));
    expect(opened.identity.layers[0]?.digest).toBe(sha256(packed));
    expect(Buffer.compare(await read(opened), packed)).toBe(0);
  });

  it('are found by links of older versions of docker', async () => {
    const files = savedWith('two/layer.tar', Buffer.alloc(0), []).filter(({ name }) => name !== 'two/layer.tar');
    const linked: readonly TarFile[] = [
      { name: 'two/layer.tar', type: '2', link: '../one/layer.tar' },
      { name: './one/layer.tar', body: tar },
      ...files,
    ];
    expect(Buffer.compare(await read(must(await open(linked))), tar)).toBe(0);
  });

  it.each([
    ['cut off', gzipSync(tar).subarray(0, 30), 'cannot be unpacked: its compression is damaged'],
    ['damaged', Buffer.concat([gzipSync(tar).subarray(0, 12), Buffer.alloc(40, 7)]), 'cannot be unpacked: its compression is damaged'],
    [
      'damaged zstd',
      Buffer.concat([zstdCompressSync(tar).subarray(0, 8), Buffer.alloc(40, 7)]),
      'cannot be unpacked: its compression is damaged',
    ],
    ['others', gzipSync('something else'), 'does not match its digest'],
    ['nothing', Buffer.alloc(0), 'does not match its digest'],
  ])('are %s', async (_, stored, say) => {
    await expect(read(must(await open(savedWith('layer.tar', stored))))).rejects.toThrow(say);
  });
});

describe('hostile and broken archives', () => {
  it.each<[string, readonly TarFile[], string]>([
    ['a path that leads out', [{ name: '../../etc/cron.d/x', body: 'x' }, ...saved], 'it has a path that leads out of it'],
    ['a link that leads out', [{ name: 'x', type: '2', link: '../../etc/passwd' }, ...saved], 'it has a link that leads out of it'],
    ['a link to the root', [{ name: 'x', type: '2', link: '/etc/passwd' }, ...saved], 'it has a link that leads out of it'],
    ['a hard link that leads out', [{ name: 'x', type: '1', link: '../x' }, ...saved], 'it has a link that leads out of it'],
    ['a size beyond its end', [...saved, { name: 'x', body: 'x', claims: 1_000_000 }], 'it ends before its last file does; copy it again'],
    ['a long name without an end', [{ name: 'x', type: 'L', body: 'x'.repeat(1_100_000) }, ...saved], 'it has a name without an end'],
    ['another file at the end of its links', [{ name: 'manifest.json', type: '2', link: 'manifest.json' }], 'it is no archive of images'],
    ['nothing about images', [{ name: 'readme', body: 'x' }], 'holds neither index.json with oci-layout nor manifest.json'],
    ['no list', [{ name: 'manifest.json', body: '{"no":"list"}' }], 'is not shaped as that of docker save'],
    [
      'no index',
      [
        { name: 'oci-layout', body: '{}' },
        { name: 'index.json', body: '7' },
      ],
      'is not shaped as an OCI layout',
    ],
    ['an endless list', [{ name: 'manifest.json', body: ' '.repeat(5 * 2 ** 20) }], 'manifest.json is larger than 4 MiB'],
    ['no configuration', saved.filter(({ name }) => !name.endsWith('.json') || name === 'manifest.json'), 'has no '],
    ['no layer', saved.filter(({ name }) => !name.endsWith('layer.tar')), 'lacks layer 1 of registry.example/app:1'],
    ['no manifest', layout.filter(({ name }) => !name.endsWith(image.manifest.digest.slice(7))), 'lacks a part of registry.example/app:1'],
    [
      'another manifest',
      layout.map((file) => (file.name.endsWith(image.manifest.digest.slice(7)) ? { ...file, body: '{}' } : file)),
      'does not match its digest',
    ],
    [
      'another configuration',
      saved.map((file) => (file.name.startsWith(image.config.digest.slice(7)) ? { ...file, body: '{"rootfs":{"diff_ids":[]}}' } : file)),
      'does not match its digest',
    ],
  ])('with %s are refused', async (_, files, say) => {
    expect(sayOf(await open(files))).toContain(say);
  });

  it('with layers that its configuration does not name are refused', async () => {
    const twice = saved.map((file) =>
      file.name === 'manifest.json' ? { ...file, body: String(file.body).replace(/"Layers":\[("[^"]+")\]/, '"Layers":[$1,$1]') } : file,
    );
    expect(sayOf(await open(twice))).toContain('has 2 layers, and its configuration names 1');
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'it is empty or no tar archive'],
    ['zeros', Buffer.alloc(10_240), 'it is empty or no tar archive'],
    ['text', Buffer.from('x'.repeat(2_000)), 'it is no tar archive'],
    ['a tar with one wrong byte', (() => makeTar(saved).fill(0xff, 1, 2))(), 'it is no tar archive'],
    ['half a tar', makeTar(saved).subarray(0, 3_000), 'it ends before its last file does'],
    ['gzip', gzipSync(makeTar(saved)), 'is compressed as a whole, so nothing in it can be found; unpack it first (gunzip)'],
    ['zstd', zstdCompressSync(makeTar(saved)), 'unpack it first (zstd -d)'],
  ])('that are %s are refused', async (_, bytes, say) => {
    const refused = await openArchive(await written(bytes));
    expect([codeOf(refused), sayOf(refused)]).toEqual(['input-invalid', expect.stringContaining(say)]);
  });

  it('that are not there are not found', async () => {
    expect(sayOf(await openArchive(join(folder, 'none.tar')))).toBe('There is no file or folder none.tar; check its path.');
    expect(codeOf(await openArchive('/dev/null'))).toBe('input-invalid');
  });

  it('in folders lead nowhere else', async () => {
    const root = join(folder, 'layout');
    const secret = join(folder, 'secret');
    const layer = image.layers[0]?.digest.slice(7) ?? '';
    await writeFile(secret, image.layers[0]?.bytes ?? '');
    for (const { name, body = '' } of layout) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      if (name.endsWith(layer)) await symlink(secret, join(root, name));
      else await writeFile(join(root, name), body);
    }
    const opened = must(await must(await openArchive(root)).open({ reference: '', platform, signal }));
    expect(codeOf(await opened.layer(image.layers[0]?.digest ?? '', signal))).toBe('not-found');
  });
});

describe('names', () => {
  const two = savedFiles([
    { name: 'registry.example/app:1', root: image.manifest, images: [image] },
    { name: 'nginx:1', root: arm.manifest, images: [arm] },
  ]);
  it('are listed', async () => {
    expect(must(await opening(two)).references()).toEqual(['nginx:1', 'registry.example/app:1']);
    expect(must(await opening(layout)).references()).toEqual(['registry.example/app:1']);
  });
  it('may be left out where there is one image', async () => {
    expect(must(await open(saved)).identity).toMatchObject({
      name: 'registry.example/app:1',
      repository: 'registry.example/app',
      tag: '1',
    });
    expect(sayOf(await open(two))).toMatch(/holds 2 images; say which: registry\.example\/app:1, nginx:1\.$/);
  });
  it.each(['nginx:1', 'docker.io/library/nginx:1', 'library/nginx:1', arm.config.digest])('may be written as %s', async (reference) => {
    expect(must(await open(two, reference)).identity.configDigest).toBe(arm.config.digest);
  });
  it('may be tags alone, or digests, in OCI layouts', async () => {
    const tagged = layoutFiles([{ name: 'v7', root: image.manifest, images: [image] }]);
    for (const reference of ['', 'v7', 'registry.example/app:v7', image.manifest.digest, `registry.example/app@${image.manifest.digest}`]) {
      expect(codeOf(await open(tagged, reference))).toBe('ok');
    }
    expect(must(await open(tagged, 'registry.example/app:v7')).identity).toMatchObject({ repository: 'registry.example/app', tag: 'v7' });
    expect(must(await open(tagged)).identity).toMatchObject({ name: 'v7', repository: expect.stringMatching(/^images-\d+$/), tag: 'v7' });
    expect(codeOf(await open(tagged, 'v8'))).toBe('not-found');
  });
  it('longer than a header holds are read', async () => {
    const long = `${'deep/'.repeat(40)}layer.tar`;
    const record = ` path=${long}\n`;
    const pax = `${record.length + 3}${record}`;
    for (const extension of [
      { name: 'pax', type: 'x', body: pax },
      { name: '././@LongLink', type: 'L', body: `${long}\0` },
    ]) {
      const files = savedWith(long, tar).flatMap((file) => (file.name === long ? [extension, { ...file, name: 'short' }] : [file]));
      expect(Buffer.compare(await read(must(await open(files))), tar)).toBe(0);
    }
  });
});

it('takes the layout where a tar is both, and says when a platform was left out of it', async () => {
  const index = buildIndex([image, arm]);
  const both = [...layoutFiles([{ name: 'app:1', root: index, images: [image] }]), ...saved];
  const archive = must(await opening(both));
  const opened = must(await archive.open({ reference: 'app:1', platform, signal }));
  expect(opened.identity).toMatchObject({ digest: image.manifest.digest, indexDigest: index.digest });
  const missing = await archive.open({ reference: 'app:1', platform: { os: 'linux', architecture: 'arm64' }, signal });
  expect(sayOf(missing)).toMatch(/lacks a part of app:1 \(sha256:\w+\); export it again, for linux\/arm64\.$/);
});
