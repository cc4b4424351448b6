import { createReadStream } from 'node:fs';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { analyseLayer, catalogers } from '../../lib/sbom/index.ts';
import { printed } from './cataloguing.ts';

let folder: string;
const project = (): string => join(folder, 'tiny');
/** Built once, and kept where the other parts of these tests are kept. */
const tools = join(process.getuid?.() === 0 ? '/var/cache' : join(homedir(), '.cache'), 'gatehouse-images', 'cargo-auditable');
const cargo = (...args: string[]): Promise<string> =>
  printed('cargo', ['--quiet', ...args], { PATH: `${join(tools, 'bin')}:${join(homedir(), '.cargo/bin')}:${process.env.PATH ?? ''}` });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-rust-'));
  await access(join(tools, 'bin/cargo-auditable')).catch(() => cargo('install', 'cargo-auditable', '--locked', '--root', tools));
  await cargo('init', '--vcs', 'none', '--name', 'tiny', project());
  await cargo('add', '--manifest-path', join(project(), 'Cargo.toml'), 'smallvec@=1.6.0', 'time@=0.1.43');
  await cargo('auditable', 'build', '--release', '--manifest-path', join(project(), 'Cargo.toml'));
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

it('an auditable program of Rust says its crates', async () => {
  const program = join(project(), 'target/release/tiny');
  const section = join(folder, 'section');
  await printed('objcopy', ['--dump-section', `.dep-v0=${section}`, program, join(folder, 'copy')]);
  const { packages }: { packages: { name: string; version: string; kind?: string }[] } = JSON.parse(
    inflateSync(await readFile(section)).toString(),
  );
  const expected = packages.filter(({ kind }) => kind !== 'build').map(({ name, version }) => `${name} ${version}`);

  await printed('tar', ['-czf', join(folder, 'layer.tgz'), '-C', join(project(), 'target/release'), 'tiny']);
  const descriptor = { digest: `sha256:${'0'.repeat(64)}`, mediaType: '' };
  const analysis = await analyseLayer(createReadStream(join(folder, 'layer.tgz')), descriptor, catalogers, new AbortController().signal);
  const found = analysis.files.flatMap(({ packages: crates }) => crates ?? []);
  expect(found.map(({ name, version }) => `${name} ${version}`).toSorted()).toEqual(expected.toSorted());
  expect(found).toContainEqual({ type: 'cargo', name: 'smallvec', version: '1.6.0' });
  expect(found).toContainEqual({ type: 'cargo', name: 'tiny', version: '0.1.0', main: true });
}, 600_000);
