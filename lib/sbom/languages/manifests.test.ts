import { describe, expect, it } from 'vitest';
import type { FileFindings } from '../cataloger.ts';
import { languageCatalogers } from './index.ts';

const wanting = (path: string) => languageCatalogers.filter((one) => one.wants({ path, size: 0, mode: 0o644 })).map(({ id }) => id);
async function read(path: string, text: string): Promise<FileFindings | undefined> {
  const head = { path, size: text.length, mode: 0o644 };
  return await languageCatalogers.find((one) => one.wants(head))?.read(head, new TextEncoder().encode(text));
}
const named = async (path: string, text: string) => (await read(path, text))?.packages?.map(({ name, version }) => `${name} ${version}`);

const npm = 'app/node_modules/@scope/a/package.json';
const python = 'usr/lib/python3/site-packages/a-1.dist-info/METADATA';
const ruby = 'usr/lib/ruby/gems/3.1.0/specifications/rack-2.2.3.gemspec';
const php = 'app/vendor/composer/installed.json';
const dotnet = 'app/api.deps.json';

describe('npm', () => {
  it.each([
    ['node_modules/a/package.json', true],
    [npm, true],
    ['app/node_modules/a/node_modules/@b/c/package.json', true],
    ['app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json', true],
    ['usr/share/nodejs/@types/node/package.json', true],
    ['app/package.json', true],
    ['app/node_modules/a/dist/esm/package.json', false],
    ['app/node_modules/a/test/node_modules/b/package.json', false],
    ['app/node_modules/.cache/a/package.json', false],
    ['app/node_modules/package.json', false],
    ['app/test/fixtures/a/package.json', false],
    ['app/package-lock.json', false],
  ])('%s: %s', (path, wanted) => expect(wanting(path)).toEqual(wanted ? ['npm'] : []));

  it('reads names with scopes, licences old and new, and authors', async () => {
    expect(await read(npm, '{"name":"@scope/a","version":"1.2.3","license":"MIT OR Apache-2.0","author":{"name":"A"}}')).toEqual({
      packages: [{ type: 'npm', name: '@scope/a', version: '1.2.3', licenses: ['MIT OR Apache-2.0'], supplier: 'A' }],
    });
    const old = await read(
      npm,
      '{"name":"a","version":"1.0.0","licenses":[{"type":"MIT","url":"x"},{"type":"BSD"}],"license":{"type":"MIT"}}',
    );
    expect(old?.packages?.[0]?.licenses).toEqual(['BSD', 'MIT']);
  });

  it('takes an application for what is made here, if it has a version', async () => {
    expect(await read('app/package.json', '{"name":"app","version":"1.0.0"}')).toEqual({
      packages: [{ type: 'npm', name: 'app', version: '1.0.0', main: true }],
    });
    expect(await read('app/package.json', '{"name":"app"}')).toBeUndefined();
    expect(await read('app/package.json', 'no json')).toBeUndefined();
  });

  it('says nothing of a manifest without a version, and that a broken one is', async () => {
    expect(await read(npm, '{"type":"module"}')).toBeUndefined();
    expect(await read(npm, '{"name":"a","version":"1.0.0"')).toHaveProperty('unreadable');
  });
});

describe('python', () => {
  it.each(['METADATA', 'x/METADATA', 'x.dist-info/RECORD', 'x.egg-info/SOURCES.txt'])('leaves %s alone', (path) =>
    expect(wanting(path)).toEqual([]),
  );
  it.each([python, 'a/b.egg-info/PKG-INFO', 'a/b-1.egg-info', 'a/b.egg/EGG-INFO/PKG-INFO'])('wants %s', (path) =>
    expect(wanting(path)).toEqual(['python']),
  );

  it('reads the headers alone, under the name that PyPI uses', async () => {
    const text = 'Metadata-Version: 2.1\r\nName: Ruamel_.YAML\r\nVersion: 0.17\r\nAuthor: A\r\nLicense: MIT\r\n\r\nVersion: 9\r\n\0';
    expect(await read(python, text)).toEqual({
      packages: [{ type: 'pypi', name: 'ruamel-yaml', version: '0.17', licenses: ['MIT'], supplier: 'A' }],
    });
  });

  it.each([
    ['License-Expression: MIT AND BSD-2-Clause\nLicense: x', ['MIT AND BSD-2-Clause']],
    ['License: UNKNOWN\nClassifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: MIT License', ['MIT License']],
    ['License: The whole text\n        of a licence\nClassifier: License :: OSI Approved :: BSD License', ['BSD License']],
    ['License: UNKNOWN', undefined],
  ])('licences: %s', async (lines, licences) => {
    expect((await read(python, `Name: a\nVersion: 1\n${lines}\n`))?.packages?.[0]?.licenses).toEqual(licences);
  });
});

describe('ruby', () => {
  const spec = (body: string) => `# -*- encoding: utf-8 -*-\n# stub: rack 2.2.3 ruby lib\n\nGem::Specification.new do |s|\n${body}end\n`;
  it('reads what RubyGems writes, of every age, and runs nothing', async () => {
    const body =
      '  s.name = "rack".freeze\n  s.version = "2.2.3"\n  s.licenses = ["MIT".freeze, "Ruby".freeze]\n  s.authors = ["A B".freeze]\n';
    expect(await read(ruby, spec(body))).toEqual({
      packages: [{ type: 'gem', name: 'rack', version: '2.2.3', licenses: ['MIT', 'Ruby'], supplier: 'A B' }],
    });
    expect(await named(ruby, "Gem::Specification.new do |s|\n  s.name = %q{old}\n  s.version = '1.0'\n")).toEqual(['old 1.0']);
    expect(await named(ruby, spec('  s.name = "#{evil}"\n  s.version = VERSION\n'))).toEqual(['rack 2.2.3']);
  });
  it('reads the stub of a gem with several extensions, between which RubyGems puts zero bytes', async () => {
    expect(
      await named(
        ruby,
        '# stub: a 1 ruby lib\n# stub: ext/a.rb\0ext/b.rb\nGem::Specification.new do |s|\n  s.name = "a"\n  s.version = "1"\n',
      ),
    ).toEqual(['a 1']);
  });
  it('says that another form is not understood', async () => {
    expect(await read(ruby, 'Gem::Specification.new { |s| s.name = name }')).toHaveProperty('unreadable');
  });
  it('leaves the sources of gems alone', () => expect(wanting('usr/lib/ruby/gems/3.1.0/gems/rack-2.2.3/rack.gemspec')).toEqual([]));
});

describe('php', () => {
  const entry = '{"name":"monolog/monolog","version":"2.0.0","license":["MIT"],"authors":[{"name":"A"},{"name":"B"}]}';
  it.each([`[${entry}]`, `{"packages":[${entry}],"dev":false}`])('reads the list of Composer 1 and 2: %s', async (text) => {
    expect(await read(php, text)).toEqual({
      packages: [{ type: 'composer', name: 'monolog/monolog', version: '2.0.0', licenses: ['MIT'], supplier: 'A, B' }],
    });
  });
  it('needs a list', async () => expect(await read(php, '{"a":1}')).toHaveProperty('unreadable'));
  it('needs names in it', async () => expect(await read(php, '[{"version":"1"}]')).toHaveProperty('unreadable'));
});

describe('dotnet', () => {
  const document = (targets: object, libraries: object) =>
    JSON.stringify({ runtimeTarget: { name: 't/x' }, targets: { 't/x': targets }, libraries });
  const libraries = {
    'App/1.0.0': { type: 'project' },
    'Used/1.2.3': { type: 'package' },
    'Bundle/2.0.0': { type: 'package' },
    'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.9': { type: 'runtimepack' },
  };
  const runtime = { 'a.dll': {} };
  it('names packages that brought files, and the runtime', async () => {
    const targets = {
      'Used/1.2.3': { runtime },
      'Bundle/2.0.0': {},
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.9': { runtime },
    };
    expect(await named(dotnet, document(targets, libraries))).toEqual(['Used 1.2.3', 'Microsoft.NETCore.App.Runtime.linux-x64 6.0.9']);
  });
  it('names all where the files are not told', async () => {
    expect(await named(dotnet, document({}, libraries))).toHaveLength(3);
  });
});

describe('files that are made to harm', () => {
  const good: [string, string][] = [
    [npm, '{"name":"a","version":"1.0.0","license":"MIT"}'],
    [python, 'Name: a\nVersion: 1\nLicense: MIT\n\ntext\n'],
    [ruby, 'Gem::Specification.new do |s|\n  s.name = "a".freeze\n  s.version = "1"\nend\n'],
    [php, '{"packages":[{"name":"a/b","version":"1"}]}'],
    [dotnet, '{"libraries":{"A/1":{"type":"package"}}}'],
  ];
  it.each(good)('never throws, wherever %s is cut', async (path, text) => {
    for (let end = 0; end <= text.length; end++) expect((await read(path, text.slice(0, end)))?.packages?.length ?? 0).toBeLessThan(2);
    expect((await read(path, text))?.packages).toHaveLength(1);
  });
  it.each(good)('endless names, deep nesting and other types in %s', async (path) => {
    const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    for (const text of [
      nested,
      `{"name":${nested},"version":${nested},"packages":${nested},"libraries":${nested}}`,
      '{"name":1,"version":{},"license":[1,null,[]],"packages":[null],"libraries":{"":{"type":"package"}}}',
      '{"__proto__":{"name":"a","version":"1"},"libraries":{"__proto__":{"type":"package"}}}',
      `Name: ${'x'.repeat(100_000)}\nVersion: 1\n`,
      `Name: a\n${' x\n'.repeat(100_000)}`,
      `s.name = ${'"\\'.repeat(4000)}\n`.repeat(50),
      `s.name = "${'x'.repeat(100_000)}"\n`,
      'null',
      '\0',
      '',
    ])
      expect((await read(path, text))?.packages ?? []).toEqual([]);
  });
  it('lists beyond measure', async () => {
    const many = JSON.stringify(Array.from({ length: 100_001 }, (_, at) => ({ name: `a/${at}`, version: '1' })));
    expect(await read(php, many)).toEqual({ unreadable: expect.any(String) });
  });
});
