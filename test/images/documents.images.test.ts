import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { buildImage, makeTar, savedFiles, type Tagged } from '../support/oci-images.ts';
import { runCli } from '../support/run-cli.ts';
import { cycloneDxJudge, fileJudge, type Judge } from '../support/sbom-schemas.ts';
import { goModule } from './cataloguing.ts';
import { type Registry, startRegistry } from './registry.ts';

/** Carries the schemas of Syft, and a copy of SPDX's own of version 2.3; Apache-2.0, CC-BY-3.0. Nothing of it is kept here. */
const schemas = 'github.com/anchore/syft@v1.52.0';

let folder: string;
let registry: Registry;
let pushed: Tagged;
let judges: Readonly<Record<string, Judge>>;

/** What this machine is made of, as an image: the databases of its own package manager, a program of Go where there is one, and a layer above. */
const thisMachine = async (): Promise<Tagged> => {
  const root = join(folder, 'root');
  for (const path of ['etc', 'var/lib/dpkg', 'usr/share/doc']) await mkdir(join(root, path), { recursive: true });
  await cp('/etc/os-release', join(root, 'etc/os-release'), { dereference: true });
  await cp('/var/lib/dpkg/status', join(root, 'var/lib/dpkg/status'));
  await cp('/usr/share/doc/base-files', join(root, 'usr/share/doc/base-files'), { recursive: true, dereference: true });
  await cp(process.env.GATEHOUSE_TEST_REGISTRY ?? '', join(root, 'docker-registry'));
  await promisify(execFile)('tar', ['-cf', join(folder, 'root.tar'), '-C', root, '.']);
  const extra = makeTar([
    { name: 'srv/node_modules/left/package.json', body: JSON.stringify({ name: 'left', version: '1.0.0', license: 'WTFPL' }) },
  ]);
  const image = buildImage({ layers: [await readFile(join(folder, 'root.tar')), extra], packing: ['gzip', 'zstd'] });
  return { name: 'made/here:1', root: image.manifest, images: [image] };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-documents-'));
  registry = await startRegistry();
  pushed = await thisMachine();
  await registry.push([pushed]);
  const schema = join(await goModule(schemas), 'schema');
  judges = {
    'spdx-json': fileJudge(join(schema, 'spdx-json/spdx-schema-2.3.json')),
    'cyclonedx-json': cycloneDxJudge('1.6'),
    'cyclonedx-1.7-json': cycloneDxJudge('1.7'),
    'syft-json': fileJudge(join(schema, 'json/schema-16.1.10.json')),
  };
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const formats = ['spdx-json', 'cyclonedx-json', 'cyclonedx-1.7-json', 'syft-json'];
const Spdx = z.object({ packages: z.array(z.object({ name: z.string(), versionInfo: z.string().optional() })) });

it.each(formats)('%s of an image out of a real registry is valid by its schema, and the same each time', async (format) => {
  const argv = ['sbom', `${registry.host}/made/here:1`, '--format', format, '--cache', join(folder, 'cache'), '--quiet'];
  const ran = await runCli(argv);
  expect(ran).toMatchObject({ exit: 0, err: '' });
  expect(judges[format]?.(ran.out)).toEqual([]);
  expect((await runCli(argv)).out).toBe(ran.out);
  // the judge can say no
  const broken = ran.out.replace(/"(versionInfo|specVersion|version)": "/g, '"$1": 5, "ignored": "');
  expect(judges[format]?.(broken)).not.toEqual([]);
});

const format = `${['db:Status-Status', 'Package', 'Version'].map((field) => `\${${field}}`).join('\\t')}\\n`;

it('names every package that dpkg-query lists here', async () => {
  const { stdout } = await promisify(execFile)('dpkg-query', ['-W', '-f', format], {
    maxBuffer: 2 ** 26,
  });
  const listed = stdout.split('\n').filter((line) => line.startsWith('installed\t'));
  const ran = await runCli(['sbom', `${registry.host}/made/here:1`, '--no-cache', '--quiet']);
  const named = new Set(Spdx.parse(JSON.parse(ran.out)).packages.map(({ name, versionInfo }) => `installed\t${name}\t${versionInfo}`));
  expect(listed.length).toBeGreaterThan(80);
  expect(listed.filter((line) => !named.has(line))).toEqual([]);
});

it('saved and unpacked, the image is made of the same', async () => {
  const packagesOf = async (...argv: string[]) =>
    Spdx.parse(JSON.parse((await runCli(['sbom', ...argv, '--no-cache', '--quiet'])).out)).packages.slice(1);
  const file = join(folder, 'saved.tar');
  await writeFile(file, makeTar(savedFiles([pushed])));
  expect(await packagesOf(file)).toEqual(await packagesOf(`${registry.host}/made/here:1`));
});

it('a second run asks for the manifest and for no layer', async () => {
  const asked: string[] = [];
  const counter = createServer((from, to) => {
    asked.push(from.url ?? '');
    const [hostname, port] = registry.host.split(':');
    from.pipe(
      request({ hostname, port, path: from.url, method: from.method, headers: from.headers }, (answer) => {
        to.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(to);
      }),
    );
  });
  await new Promise<void>((resolve) => counter.listen(0, '127.0.0.1', resolve));
  const image = `127.0.0.1:${(counter.address() as AddressInfo).port}/made/here:1`;
  const layers = new Set(pushed.images[0]?.layers.map(({ digest }) => digest));
  const run = async (): Promise<readonly [string, number]> => {
    asked.length = 0;
    const { out } = await runCli(['sbom', image, '--cache', join(folder, 'counted'), '--quiet']);
    return [out, asked.filter((url) => layers.has(url.slice(url.lastIndexOf('/') + 1))).length];
  };
  const [first, pulled] = await run();
  const [second, again] = await run();
  counter.close();
  counter.closeAllConnections();
  expect(pulled).toBe(2);
  expect(again).toBe(0);
  expect(asked.length).toBeGreaterThan(0);
  expect(second).toBe(first);
});
