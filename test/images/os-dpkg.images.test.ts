import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogued, lines, printed } from './cataloguing.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-dpkg-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const present = new Set(['unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending', 'installed']);
const format = ['db:Status-Status', 'Package', 'Version', 'Architecture', 'source:Package', 'source:Version']
  .map((field) => `\${${field}}`)
  .join('\\t');

/** The packages that dpkg-query itself lists, each as one line. */
async function listed(...args: string[]): Promise<string[]> {
  const all = lines(await printed('dpkg-query', [...args, '-W', '-f', `${format}\\n`]));
  return all
    .map((line) => line.split('\t'))
    .filter(([status]) => present.has(status ?? ''))
    .map(([, ...fields]) => fields.join(' '))
    .toSorted();
}
async function found(status: string): Promise<string[]> {
  const findings = await catalogued('var/lib/dpkg/status', status);
  return (findings?.packages ?? [])
    .map(({ name, version, architecture, source }) => [name, version, architecture, source?.name, source?.version].join(' '))
    .toSorted();
}

describe('the packages of this machine', () => {
  it('are those that dpkg-query lists', async () => {
    const copy = join(folder, 'admin');
    await mkdir(copy);
    await copyFile('/var/lib/dpkg/status', join(copy, 'status'));
    const expected = await listed(`--admindir=${copy}`);
    expect(expected.length).toBeGreaterThan(80);
    expect(await found(join(copy, 'status'))).toEqual(expected);
  });

  it('own the programs that dpkg-query says they own', async () => {
    const programs: string[] = [];
    for (const name of await readdir('/usr/bin'))
      if ((await stat(`/usr/bin/${name}`).catch(() => undefined))?.isFile()) programs.push(`/usr/bin/${name}`);
    // those that no package brought make dpkg-query fail, though it lists the others
    const answer = await printed('sh', ['-c', 'dpkg-query -S "$@" 2>/dev/null || true', 'sh', ...programs]);
    const owners = new Map<string, Set<string>>();
    for (const name of await readdir('/var/lib/dpkg/info')) {
      if (!name.endsWith('.list')) continue;
      const findings = await catalogued(`var/lib/dpkg/info/${name}`, `/var/lib/dpkg/info/${name}`);
      for (const { package: owner, paths } of findings?.owned ?? []) {
        for (const path of paths) owners.set(path, (owners.get(path) ?? new Set()).add(owner));
      }
    }
    const missing: string[] = [];
    for (const line of lines(answer)) {
      const [, packages = '', path = ''] = /^(?!diversion )(.+): \/(.+)$/.exec(line) ?? [];
      for (const owner of packages.split(', '))
        if (path !== '' && owners.get(path)?.has(owner.replace(/:.*/, '')) !== true) missing.push(line);
    }
    expect(owners.size).toBeGreaterThan(300);
    expect(missing).toEqual([]);
  });

  // files of free words that neither name a licence nor point to a common one say nothing
  it('name their licences, most of them', async () => {
    let files = 0;
    let named = 0;
    for (const name of await readdir('/usr/share/doc')) {
      const file = `/usr/share/doc/${name}/copyright`;
      if ((await stat(file).catch(() => undefined))?.isFile() !== true) continue;
      files++;
      const findings = await catalogued(`usr/share/doc/${name}/copyright`, file);
      expect(findings?.unreadable).toBeUndefined();
      if (findings?.licences !== undefined) named++;
    }
    expect(named / files).toBeGreaterThan(0.75);
  });

  it('make a machine that os-release names', async () => {
    const [id, version] = lines(await printed('sh', ['-c', '. /etc/os-release; echo "$ID"; echo "$VERSION_ID"']));
    expect(await catalogued('etc/os-release', '/etc/os-release')).toHaveProperty('os', expect.objectContaining({ id, versionId: version }));
  });
});

/** A package built here, with a program and a file of settings. */
async function build(name: string, control: Readonly<Record<string, string>>): Promise<string> {
  const tree = join(folder, 'build', name);
  await mkdir(join(tree, 'DEBIAN'), { recursive: true });
  await mkdir(join(tree, 'usr/bin'), { recursive: true });
  await mkdir(join(tree, 'etc'), { recursive: true });
  const fields = {
    Package: name.replace(/-i386$/, ''),
    Version: '1',
    Architecture: 'all',
    Maintainer: 'Test <test@example.org>',
    Description: 'built by a test',
    ...control,
  };
  const text = Object.entries(fields).map(([field, value]) => `${field}: ${value}\n`);
  await writeFile(join(tree, 'DEBIAN/control'), text.join(''));
  await writeFile(join(tree, 'DEBIAN/conffiles'), `/etc/${name}.conf\n`);
  await writeFile(join(tree, `etc/${name}.conf`), 'x\n');
  await writeFile(join(tree, `usr/bin/${name}`), '#!/bin/sh\n');
  await chmod(join(tree, `usr/bin/${name}`), 0o755);
  const file = join(folder, `${name}.deb`);
  await printed('dpkg-deb', ['--root-owner-group', '-b', tree, file]);
  return file;
}

describe('a root that dpkg itself fills', () => {
  let root: string;
  beforeAll(async () => {
    root = join(folder, 'root');
    for (const needed of ['info', 'updates', 'triggers', 'parts']) await mkdir(join(root, 'var/lib/dpkg', needed), { recursive: true });
    for (const needed of ['status', 'available']) await writeFile(join(root, 'var/lib/dpkg', needed), '');
    const dpkg = (...args: string[]) =>
      printed('dpkg', [`--root=${root}`, '--force-not-root', '--force-bad-path', '--force-script-chrootless', ...args]);
    const machine = (await printed('dpkg', ['--print-architecture'])).trim();
    await dpkg('--add-architecture', 'i386');
    const shared = { 'Multi-Arch': 'same', Source: 'shared-source (2:1.0-1)', Version: '2:1.0-1+b3' };
    await dpkg('-i', await build('plain', { Version: '1.0~rc1-2' }), await build('epoch', { Version: '3:1.0', Source: 'other-name' }));
    await dpkg(
      '-i',
      await build('shared', { ...shared, Architecture: machine }),
      await build('shared-i386', { ...shared, Architecture: 'i386' }),
    );
    await dpkg('-i', await build('removed', {}), await build('purged', {}));
    await dpkg('--unpack', await build('unpacked', {}));
    await dpkg('--remove', 'removed');
    await dpkg('--purge', 'purged');
  });

  it('has the packages that dpkg-query lists: both architectures, those unpacked, not those removed', async () => {
    const expected = await listed(`--admindir=${join(root, 'var/lib/dpkg')}`);
    expect(expected.map((line) => line.split(' ')[0])).toEqual(['epoch', 'plain', 'shared', 'shared', 'unpacked']);
    expect(await found(join(root, 'var/lib/dpkg/status'))).toEqual(expected);
  });

  it('has lists that name the programs', async () => {
    const info = join(root, 'var/lib/dpkg/info');
    const owned = [];
    for (const name of (await readdir(info)).filter((file) => file.endsWith('.list'))) {
      owned.push(...((await catalogued(`var/lib/dpkg/info/${name}`, join(info, name)))?.owned ?? []));
    }
    expect(owned).toContainEqual({ package: 'plain', paths: ['usr/bin/plain'] });
    expect(owned.map((one) => one.package).toSorted()).toEqual(['epoch', 'plain', 'shared', 'shared', 'unpacked']);
  });
});
