import { describe, expect, it } from 'vitest';
import { type FileAnalysis, type ImageIdentity, ImageInventory, type LayerAnalysis, type SoftwarePackage } from '../../core/sbom/index.ts';
import { mergeLayers } from './merge-layers.ts';

const digest = (index: number): string => `sha256:${String(index).repeat(64)}`;
const layer = (index: number, parts: Partial<LayerAnalysis>): LayerAnalysis => ({
  schemaVersion: 1,
  analyser: 'a',
  digest: digest(index),
  files: [],
  removed: [],
  opaque: [],
  replaced: [],
  troubles: [],
  bytes: { packed: 1, unpacked: 1 },
  ...parts,
});
const npm = (name: string, version = '1'): SoftwarePackage => ({ type: 'npm', name, version });
const file = (path: string, ...packages: SoftwarePackage[]): FileAnalysis => ({ path, cataloger: 'c', packages });
const image = (count: number): ImageIdentity => ({
  name: 'n',
  repository: 'r',
  digest: digest(0),
  configDigest: digest(0),
  platform: { os: 'linux', architecture: 'amd64' },
  layers: Array.from({ length: count }, (_, index) => ({ digest: digest(index + 1), mediaType: 'm', size: 1 })),
});
const merge = (...parts: Partial<LayerAnalysis>[]): ImageInventory =>
  mergeLayers(
    image(parts.length),
    parts.map((part, index) => layer(index + 1, part)),
    'a',
  );
const names = (...parts: Partial<LayerAnalysis>[]): string[] => merge(...parts).packages.map(({ name }) => name);

describe('what upper layers hide', () => {
  const below = { files: [file('app/x/lock', npm('x')), file('app/y/lock', npm('y')), file('lock', npm('root'))] };

  it('is what was removed, a file or all of a folder', () => {
    expect(names(below, { removed: ['app/x/lock'] })).toEqual(['root', 'y']);
    expect(names(below, { removed: ['app/x'] })).toEqual(['root', 'y']);
    expect(names(below, { removed: ['app'] })).toEqual(['root']);
    expect(names(below, { removed: ['ap', 'app/x/loc'] })).toEqual(['root', 'x', 'y']);
  });
  it('is the contents of opaque folders, but not what their own layer has there', () => {
    expect(names(below, { opaque: ['app'], files: [file('app/z/lock', npm('z'))] })).toEqual(['root', 'z']);
    expect(names(below, { opaque: [''] })).toEqual([]);
    expect(names({ ...below, opaque: ['app'], removed: ['lock'] })).toEqual(['root', 'x', 'y']);
  });
  it('comes back when a later layer brings it again', () => {
    expect(names(below, { removed: ['lock'] }, { files: [file('lock', npm('new'))] })).toEqual(['new', 'x', 'y']);
  });
  it('is what was replaced: by a file, a link, a file in place of a folder, a folder in place of a file', () => {
    expect(names(below, { files: [file('lock', npm('other'))] })).toEqual(['other', 'x', 'y']);
    expect(names(below, { files: [{ path: 'lock', cataloger: 'other' }] })).toEqual(['x', 'y']);
    expect(names(below, { replaced: ['app'] })).toEqual(['root']);
    expect(names(below, { files: [file('lock/inner', npm('inner'))] })).toEqual(['inner', 'x', 'y']);
  });
  it('is found through links among folders', () => {
    const base = { files: [file('usr/lib/db', npm('old'))], links: [{ path: 'lib', target: 'usr/lib' }], replaced: ['lib'] };
    expect(names(base, { files: [file('lib/db', npm('new'))] })).toEqual(['new']);
    expect(names(base, { removed: ['lib/db'] })).toEqual([]);
    expect(names(base, { removed: ['lib'] }, { files: [file('lib/db', npm('new'))] })).toEqual(['new', 'old']);
    const loop = {
      links: [
        { path: 'a', target: 'b' },
        { path: 'b', target: 'a' },
      ],
      files: [file('a/lock', npm('loop'))],
    };
    expect(names(loop)).toEqual(['loop']);
  });
});

describe('packages', () => {
  const deb = (name: string): SoftwarePackage => ({ type: 'deb', name, version: '1', architecture: 'amd64' });
  const status: FileAnalysis = { path: 'var/lib/dpkg/status', cataloger: 'dpkg', packages: [deb('python3-six')] };
  const list = (name: string, ...paths: string[]): FileAnalysis => ({
    path: `var/lib/dpkg/info/${name}.list`,
    cataloger: 'dpkg-files',
    owned: [{ package: name, paths }],
  });

  it('that several files name are one, with all places', () => {
    const { packages } = merge(
      { files: [file('b', npm('x')), file('a', { ...npm('x'), licenses: ['MIT'] })] },
      { files: [file('c', npm('x'), npm('x', '2'))] },
    );
    expect(packages.map(({ version, locations, licenses }) => [version, locations.map(({ path }) => path), licenses])).toEqual([
      ['1', ['a', 'b', 'c'], ['MIT']],
      ['2', ['c'], undefined],
    ]);
    expect(packages[0]?.locations[2]?.layer).toBe(digest(2));
  });
  it('belong to the package of the system that owns their files, while it is installed', () => {
    const owned = file('usr/lib/six/METADATA', npm('six'));
    const owner = (...parts: Partial<LayerAnalysis>[]): string | undefined =>
      merge(...parts).packages.find(({ name }) => name === 'six')?.owner;
    expect(owner({ files: [status, list('python3-six', 'usr/lib/six/METADATA'), owned] })).toBe('python3-six');
    expect(owner({ files: [list('python3-six', 'usr/lib/six/METADATA'), owned] })).toBeUndefined();
    expect(
      owner({ files: [status, list('python3-six:amd64', '/lib/six/METADATA'), owned], links: [{ path: 'lib', target: 'usr/lib' }] }),
    ).toBe('python3-six');
    expect(
      owner({ files: [status, list('python3-six', 'usr/lib/six/METADATA'), owned, file('opt/METADATA', npm('six'))] }),
    ).toBeUndefined();
  });
  it('get the licences that are told apart from them', () => {
    const licences: FileAnalysis = {
      path: 'usr/share/doc/python3-six/copyright',
      cataloger: 'l',
      licences: [{ package: 'python3-six', licences: ['MIT', 'GPL-2'] }],
    };
    expect(merge({ files: [status] }, { files: [licences] }).packages[0]?.licenses).toEqual(['GPL-2', 'MIT']);
  });
});

describe('an inventory', () => {
  it('takes the system from /etc first', () => {
    const os = (path: string, id: string): FileAnalysis => ({ path, cataloger: 'os-release', os: { id } });
    expect(merge({ files: [os('usr/lib/os-release', 'b'), os('etc/os-release', 'a')] }).os).toEqual({ id: 'a' });
    expect(merge({ files: [os('usr/lib/os-release', 'b'), os('etc/os-release', 'a')] }, { removed: ['etc/os-release'] }).os).toEqual({
      id: 'b',
    });
  });
  it('says what makes it incomplete, unless that is hidden', () => {
    const bad: FileAnalysis = { path: 'db', cataloger: 'c', unreadable: 'it is damaged' };
    expect(merge({ files: [bad], troubles: ['its tar archive is corrupt'] }).troubles).toEqual([
      'Layer sha256:111111111111: its tar archive is corrupt.',
      'File "db" was not read: it is damaged.',
    ]);
    expect(merge({ files: [bad] }, { removed: ['db'] }).troubles).toEqual([]);
    expect(mergeLayers(image(1), [], 'a').troubles).toEqual(['Layer sha256:111111111111 is missing.']);
    const many = Array.from({ length: 60 }, (_, index): FileAnalysis => ({ ...bad, path: `db${index}` }));
    expect(merge({ files: many }).troubles.at(-1)).toBe('10 more files were not read.');
  });
  it('is the same in whatever order the analyses come, and valid', () => {
    const layers = [layer(1, { files: [file('a', npm('x'), npm('y'))] }), layer(2, { files: [file('b', npm('x'))], removed: ['c'] })];
    const one = JSON.stringify(mergeLayers(image(2), layers, 'a'));
    expect(JSON.stringify(mergeLayers(image(2), layers.toReversed(), 'a'))).toBe(one);
    expect(ImageInventory.parse(JSON.parse(one)).packages).toHaveLength(2);
  });
});
