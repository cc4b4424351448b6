import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogued, goModule, lines, printed } from './cataloguing.ts';

/** Where test/images/run.sh has unpacked rpm, beside the registry. */
const unpacked = resolve(process.env.GATEHOUSE_TEST_REGISTRY ?? '/usr/bin/docker-registry', '../../..');
/** Databases recorded on real systems, old Berkeley DB ones of another byte order among them; Apache-2.0. */
const recordings = 'github.com/knqyf263/go-rpmdb@v0.1.1';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-rpm-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function rpm(program: 'rpm' | 'rpmbuild', ...args: string[]): Promise<string> {
  const libraries = join(unpacked, 'usr/lib');
  const machines = (await readdir(libraries)).filter((name) => name.includes('-linux-gnu'));
  return printed(join(unpacked, 'usr/bin', program), args, {
    LD_LIBRARY_PATH: machines.map((name) => join(libraries, name)).join(':'),
    RPM_CONFIGDIR: join(libraries, 'rpm'),
    HOME: folder,
  });
}

const fields = ['NAME', 'VERSION', 'RELEASE', 'EPOCHNUM', 'ARCH', 'SOURCERPM', 'LICENSE', 'VENDOR', 'MODULARITYLABEL'];
const format = `${fields.map((field) => `%{${field}}`).join('\\t')}\\n`;
const described = (...parts: (string | undefined)[]) => parts.map((part) => part ?? '').join(' | ');

/** The packages that rpm itself lists, said as the cataloger says them. */
async function listed(...args: string[]): Promise<string[]> {
  const rows = lines(await rpm('rpm', ...args, '-qa', '--qf', format)).map((line) =>
    line.split('\t').map((field) => (field === '(none)' ? undefined : field)),
  );
  return rows
    .filter(([name]) => name !== 'gpg-pubkey')
    .map(([name, version, release, epoch, architecture, source, licence, vendor, module]) =>
      described(
        name,
        `${epoch === '0' ? '' : `${epoch}:`}${version}-${release}`,
        architecture,
        source?.replace(/-[^-]+-[^-]+$/, ''),
        licence,
        vendor,
        module?.split(':').slice(0, 2).join(':'),
      ),
    )
    .toSorted();
}
async function found(file: string): Promise<string[]> {
  const findings = await catalogued('var/lib/rpm/Packages', file);
  expect(findings?.unreadable).toBeUndefined();
  return (findings?.packages ?? [])
    .map((one) => described(one.name, one.version, one.architecture, one.source?.name, one.licenses?.join(), one.supplier, one.module))
    .toSorted();
}

/** All paths that rpm says its packages own, to see that those kept are among them. */
const ownedByRpm = async (...args: string[]) => new Set(lines(await rpm('rpm', ...args, '-qa', '--qf', '[%{=NAME} %{FILENAMES}\\n]')));
async function invented(file: string, known: ReadonlySet<string>): Promise<string[]> {
  const findings = await catalogued('var/lib/rpm/Packages', file);
  const owned = (findings?.owned ?? []).flatMap(({ package: owner, paths }) => paths.map((path) => ({ owner, path })));
  expect(owned.length).toBeGreaterThan(0);
  // folders that distributions merged are named by both their paths
  return owned
    .filter(({ owner, path }) => !known.has(`${owner} /${path}`) && !known.has(`${owner} /${path.replace(/^usr\//, '')}`))
    .map(({ path }) => path);
}

it('a database that rpm makes here', async () => {
  const spec = join(folder, 'tool.spec');
  const part = (name: string, more: string) =>
    `%package ${name}\nSummary: A part\n${more}\n%description ${name}\nA part\n%files ${name}\n/usr/bin/${name}\n`;
  await writeFile(
    spec,
    `%global __os_install_post %{nil}\nName: tool\nVersion: 1.2~rc1\nRelease: 3%{?dist}\nEpoch: 4\nSummary: A tool\nLicense: MIT and BSD\nVendor: A vendor\nAutoReqProv: no\nBuildArch: noarch\n` +
      `%description\nA tool\n${part('libs', 'Version: 9\nRelease: 1\nEpoch: 0')}${part('extra', 'License: GPLv2+')}` +
      `%install\nmkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/tool\nfor one in tool libs extra; do touch %{buildroot}/usr/bin/$one; chmod 755 %{buildroot}/usr/bin/$one; done\necho '{}' > %{buildroot}/usr/share/tool/package.json\n` +
      `%files\n/usr/bin/tool\n/usr/share/tool\n`,
  );
  await rpm('rpmbuild', '-bb', '--quiet', '--define', `_topdir ${folder}/build`, '--define', `_dbpath ${folder}/none`, spec);
  const packages = (await readdir(join(folder, 'build/RPMS/noarch'))).map((name) => join(folder, 'build/RPMS/noarch', name));
  const database = join(folder, 'made');
  const where = ['--dbpath', database, '--define', '_db_backend sqlite'];
  await rpm('rpm', ...where, '--initdb');
  await rpm('rpm', ...where, '-i', '--justdb', '--nodeps', '--noscripts', ...packages);
  const expected = await listed(...where);
  expect(expected).toHaveLength(3);
  expect(await found(join(database, 'rpmdb.sqlite'))).toEqual(expected);
  expect(await catalogued('var/lib/rpm/rpmdb.sqlite', join(database, 'rpmdb.sqlite'))).toHaveProperty(
    'owned',
    expect.arrayContaining([{ package: 'tool', paths: ['usr/bin/tool', 'usr/share/tool/package.json'] }]),
  );
});

describe('databases recorded on real systems', () => {
  let recorded: string;
  beforeAll(async () => {
    recorded = join(await goModule(recordings), 'pkg/testdata');
  });

  it.each([
    ['centos5-plain', 'Packages'],
    ['centos6-many', 'Packages'],
    ['centos7-many', 'Packages'],
    ['centos7-httpd24', 'Packages'],
    ['centos8-modularitylabel', 'Packages'],
    ['ubi8-s390x', 'Packages'],
    ['fedora35-plus-mongo', 'rpmdb.sqlite'],
    ['cbl-mariner-2.0', 'rpmdb.sqlite'],
  ])('%s: what rpm itself lists', async (system, name) => {
    const database = join(folder, system);
    await mkdir(database);
    await copyFile(join(recorded, system, name), join(database, name));
    const where = ['--dbpath', database, '--define', `_db_backend ${name === 'Packages' ? 'bdb_ro' : 'sqlite'}`];
    expect(await found(join(recorded, system, name))).toEqual(await listed(...where));
    expect(await invented(join(recorded, system, name), await ownedByRpm(...where))).toEqual([]);
  });

  it('a database of one package', async () => {
    expect(await found(join(recorded, 'libuuid/Packages'))).toEqual([expect.stringMatching(/^libuuid \| .+ \| util-linux /)]);
  });

  it('a system with ndb, which the rpm of Debian does not read: the list that was recorded with it', async () => {
    const source = await readFile(join(recorded, '../rpmdb_testcase_test.go'), 'utf8');
    const list = source.slice(source.indexOf('SLE15WithNDB = func'), source.indexOf('\n\t}\n', source.indexOf('SLE15WithNDB = func')));
    const texts = '"([^"]*)", '.repeat(5);
    const expected = [...list.matchAll(new RegExp(`\\{intRef\\((\\d*)\\), ${texts}\\d+, "([^"]*)", "([^"]*)"`, 'g'))]
      .filter(([, , name]) => name !== 'gpg-pubkey')
      .map(([, epoch, name, version, release, architecture, file, licence, vendor]) =>
        described(
          name,
          `${epoch ? `${epoch}:` : ''}${version}-${release}`,
          architecture,
          file?.replace(/-[^-]+-[^-]+$/, ''),
          licence,
          vendor,
          undefined,
        ),
      );
    expect(expected.length).toBeGreaterThan(30);
    expect(await found(join(recorded, 'sle15-bci/Packages.db'))).toEqual(expected.toSorted());
  });
});
