import { expect, it } from 'vitest';
import { dpkgStatus } from './status.ts';

const head = { path: 'var/lib/dpkg/status', size: 0, mode: 0o644 };
const read = (text: string) => dpkgStatus.read(head, new TextEncoder().encode(text));
const paragraph = (fields: Record<string, string>) =>
  `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')}\n`;
const installed = { Package: 'tool', Status: 'install ok installed', Version: '1.0-1' };

it.each([
  ['var/lib/dpkg/status', true],
  ['var/lib/dpkg/status.d/base-files', true],
  ['var/lib/dpkg/status.d/libpython3.11-minimal', true],
  ['var/lib/dpkg/status.d/base-files.md5sums', false],
  ['var/lib/dpkg/status.d/base-files.postinst', false],
  ['var/lib/dpkg/status.d/folder/file', false],
  ['var/lib/dpkg/status-old', false],
  ['opt/var/lib/dpkg/status', false],
])('of %s it says whether it wants it: %s', (path, wanted) => {
  expect(dpkgStatus.wants({ ...head, path })).toBe(wanted);
});

it('reads name, version with epoch, architecture, maintainer and source', () => {
  const fields = {
    ...installed,
    Version: '2:1.0-1+b2',
    Architecture: 'amd64',
    'Multi-Arch': 'same',
    Maintainer: 'A <a@b.example>',
    Source: 'tools (2:1.0-1)',
  };
  expect(read(paragraph(fields))).toEqual({
    packages: [
      {
        type: 'deb',
        name: 'tool',
        version: '2:1.0-1+b2',
        source: { name: 'tools', version: '2:1.0-1' },
        architecture: 'amd64',
        supplier: 'A <a@b.example>',
      },
    ],
  });
});

it('takes name and version of the package where the source does not say other ones', () => {
  const text = paragraph(installed) + paragraph({ ...installed, Package: 'part', Source: 'whole' });
  expect(read(text)).toHaveProperty('packages', [
    expect.objectContaining({ name: 'tool', source: { name: 'tool', version: '1.0-1' } }),
    expect.objectContaining({ name: 'part', source: { name: 'whole', version: '1.0-1' } }),
  ]);
});

it('keeps both architectures of a package that is installed twice', () => {
  const text = paragraph({ ...installed, Architecture: 'amd64' }) + paragraph({ ...installed, Architecture: 'i386' });
  expect(read(text)).toHaveProperty('packages', [
    expect.objectContaining({ architecture: 'amd64' }),
    expect.objectContaining({ architecture: 'i386' }),
  ]);
});

it.each([
  ['install ok installed', true],
  ['hold ok installed', true],
  ['deinstall ok installed', true],
  ['install ok unpacked', true],
  ['install reinstreq half-configured', true],
  ['install ok triggers-pending', true],
  ['deinstall ok config-files', false],
  ['purge ok not-installed', false],
  ['install reinstreq half-installed', false],
])('takes a package of status `%s`: %s', (status, taken) => {
  expect(read(paragraph({ ...installed, Status: status })) !== undefined).toBe(taken);
});

it('takes a package of status.d, which has no status', () => {
  expect(read('Package: base\nVersion: 12\nDescription: short\n long\n .\n text: more\n')).toHaveProperty('packages', [
    expect.objectContaining({ name: 'base', version: '12' }),
  ]);
});

it.each([
  ['a line that is no field', 'Package: x\nnonsense\n', 'line 2 is none of a dpkg database'],
  ['a continuation of nothing', ' Package: x\n', 'line 1 is none of a dpkg database'],
  ['a paragraph without a package', 'Version: 1\n', 'it has a paragraph without the name of a package'],
  ['fields of no package', 'Priority: high\n', 'it has a paragraph without the name of a package'],
  ['zero bytes', 'Package: x\0\n', 'it holds bytes that no text has'],
  ['a name beyond measure', `Package: ${'x'.repeat(70_000)}\nVersion: 1\n`, 'it says more of a package than there is to say'],
  ['more packages than there are', 'Package: x\n\n'.repeat(100_001), 'it names more than 100000 packages'],
])('cannot read %s', (_what, text, unreadable) => {
  expect(read(text)).toEqual({ unreadable });
});

it('says nothing of an empty database', () => {
  expect(read('')).toBeUndefined();
  expect(read(paragraph({ ...installed, Status: 'deinstall ok config-files' }))).toBeUndefined();
});

it('never throws, wherever the file is cut, and takes nothing that is not in it', async () => {
  const text = paragraph({ ...installed, Source: 'tools (1.0-1)' }) + paragraph({ ...installed, Package: 'other' });
  for (let end = 0; end <= text.length; end++) {
    const findings = await read(text.slice(0, end));
    for (const found of findings?.packages ?? []) expect(text).toContain(`Package: ${found.name}`);
  }
});
