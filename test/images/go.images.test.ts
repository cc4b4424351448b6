import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SoftwarePackage } from '../../lib/core/sbom/index.ts';
import { analyseLayer, catalogers } from '../../lib/sbom/index.ts';
import { lines, printed } from './cataloguing.ts';

let folder: string;
const inFolder = (name: string): string => join(folder, name);
const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> =>
  printed(program, args, { GOFLAGS: '-mod=mod', CGO_ENABLED: '0', ...env });

const source = `package main

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
	"golang.org/x/net/html"
)

var version = "dev"

func main() {
	fmt.Println(uuid.New(), version)
	_, _ = html.Parse(strings.NewReader("x"))
}
`;
/** An old release of one module, another one replaced by its fork of later days. */
const manifest = `module example.com/tiny

go 1.21

require (
	github.com/google/uuid v1.3.0
	golang.org/x/net v0.17.0
)

replace github.com/google/uuid => github.com/google/uuid v1.3.1
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-go-'));
  await writeFile(inFolder('main.go'), source);
  await writeFile(inFolder('go.mod'), manifest);
  await run('go', ['-C', folder, 'mod', 'tidy']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the engine finds in a layer that holds these files of the folder. */
const found = async (...files: string[]): Promise<SoftwarePackage[]> => {
  await printed('tar', ['-czf', inFolder('layer.tgz'), '-C', folder, ...files]);
  const descriptor = { digest: `sha256:${'0'.repeat(64)}`, mediaType: '' };
  const analysis = await analyseLayer(createReadStream(inFolder('layer.tgz')), descriptor, catalogers, new AbortController().signal);
  expect(analysis.troubles).toEqual([]);
  return analysis.files.flatMap(({ packages, unreadable }) => {
    expect(unreadable).toBeUndefined();
    return packages ?? [];
  });
};
const asLines = (packages: readonly SoftwarePackage[]): string[] => packages.map(({ name, version }) => `${name} ${version}`).toSorted();

/** The modules that Go itself reads out of a program; a replaced one gives way to its replacement. */
const listed = async (file: string): Promise<string[]> => {
  const [first = '', ...rest] = lines(await run('go', ['version', '-m', inFolder(file)]));
  const modules: string[] = [];
  for (const line of rest) {
    const [, word, path, version] = line.split('\t');
    if (word === '=>') modules.pop();
    if (word === 'mod' || word === 'dep' || word === '=>') modules.push(`${path} ${version}`);
  }
  return [...modules, `stdlib ${/: go(\S+)/.exec(first)?.[1]}`].toSorted();
};

describe('a program of Go', () => {
  it.each([
    ['linux', 'amd64', []],
    ['linux', 'arm64', ['-trimpath', '-ldflags=-s -w']],
    ['linux', 's390x', []],
    ['linux', '386', []],
    ['windows', 'amd64', []],
    ['darwin', 'arm64', []],
  ])('for %s on %s says what go version -m says', async (GOOS, GOARCH, flags) => {
    const name = `tiny-${GOOS}-${GOARCH}`;
    await run('go', ['-C', folder, 'build', ...flags, '-o', name, '.'], { GOOS, GOARCH });
    const packages = asLines(await found(name));
    expect(packages).toEqual(await listed(name));
    expect(packages).toContain('github.com/google/uuid v1.3.1');
    expect(packages).toContain('golang.org/x/net v0.17.0');
  });

  it('says its own version where its builder stated it', async () => {
    await run('go', ['-C', folder, 'build', '-ldflags=-X main.version=4.5.6', '-o', 'stated', '.']);
    expect((await found('stated')).find(({ main }) => main)).toMatchObject({ name: 'example.com/tiny', version: 'v4.5.6' });
  });

  it('of Go 1.17 says its modules, and that its Go is unknown', async () => {
    const goRoot = (await run('go', ['env', 'GOROOT'])).trim();
    const text = await readFile(join(goRoot, 'src/debug/buildinfo/testdata/go117/go117.base64'), 'utf8');
    await writeFile(inFolder('go117'), Buffer.from(text, 'base64'));
    expect(asLines(await found('go117'))).toEqual(['example.com/go117 (devel)', 'stdlib unknown']);
  });

  it('is told from one of another language', async () => {
    await mkdir(inFolder('other'));
    await printed('cp', ['/bin/ls', inFolder('other/ls')]);
    expect(await found('other')).toEqual([]);
  });
});
