import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImageTools } from '../../lib/cli/image-tools.ts';
import type { SbomScanFlags } from '../../lib/cli/sbom-scan-options.ts';
import type { Terminal } from '../../lib/cli/terminal.ts';
import { updateVulnerabilities } from '../../lib/cli/vulnerabilities.ts';
import type { Report } from '../../lib/reports/report.ts';
import type { SbomOptions } from '../../lib/scanners/sbom/index.ts';
import { runScan } from '../../lib/workflows/run-scan.ts';
import { sbomKind } from '../../lib/workflows/scan-kinds.ts';
import { must } from '../support/answers.ts';
import { type FakeCluster, fakeAccess } from '../support/fake-access.ts';
import { buildImage, makeTar, type Tagged, type TarFile } from '../support/oci-images.ts';
import { type Registry, registryUser, startRegistry } from './registry.ts';

const data = (name: string): string => new URL(`../data/osv/${name}.json`, import.meta.url).pathname;

const os: TarFile = { name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' };
const entry = (name: string, version: string, source: string): string =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: ${source}\nVersion: ${version}\nMaintainer: Debian\n\n`;
const debian = (version: string): TarFile => ({ name: 'var/lib/dpkg/status', body: entry('libssl3', version, 'openssl') });
const python = (name: string, version: string): TarFile => ({
  name: `usr/lib/python3/site-packages/${name}-${version}.dist-info/METADATA`,
  body: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
});
const npm = (name: string, version: string): TarFile => ({
  name: `app/node_modules/${name}/package.json`,
  body: JSON.stringify({ name, version }),
});
const image = (name: string, ...layers: readonly (readonly TarFile[])[]): Tagged => {
  const built = buildImage({ layers: layers.map((files) => makeTar(files)) });
  return { name, root: built.manifest, images: [built] };
};

const images = {
  old: image('shop/old:1', [os, debian('3.0.11-1~deb12u2')], [python('Django', '3.1.11')]),
  mended: image('shop/mended:1', [os, debian('3.0.14-1~deb12u1')], [python('Django', '3.1.12')]),
  npm: image('shop/npm:1', [os, debian('3.0.14-1~deb12u1')], [npm('lodash', '4.17.0')]),
  empty: image('shop/empty:1', [{ name: 'readme', body: 'nothing' }]),
};

const runs = (name: string, host: string, { name: tag, root }: Tagged) => {
  const repository = `${host}/${tag.slice(0, tag.lastIndexOf(':'))}`;
  return {
    metadata: { name, namespace: 'shop' },
    spec: { nodeName: 'n1', imagePullSecrets: [{ name: 'pull' }], containers: [{ name: 'main', image: `${host}/${tag}` }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'main', imageID: `${repository}@${root.digest}` }] },
  };
};
const cluster = (pods: readonly unknown[], objects: object = {}): FakeCluster => ({
  lists: {
    '/api/v1/pods': pods,
    '/api/v1/nodes': [
      {
        metadata: { name: 'n1', labels: {} },
        status: {
          nodeInfo: {
            kubeletVersion: 'v1.36.3',
            osImage: 'Debian',
            operatingSystem: 'linux',
            containerRuntimeVersion: 'containerd',
            architecture: 'amd64',
          },
        },
      },
    ],
  },
  objects: { '/version': { gitVersion: 'v1.36.3' }, '/api/v1/namespaces/kube-system': { metadata: { uid: 'c-1' } }, ...objects },
});

let folder: string;
let registry: Registry;
let terminal: Terminal;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-sbom-scan-'));
  terminal = {
    out: () => undefined,
    err: () => undefined,
    drawsBars: false,
    hasColour: false,
    columns: 120,
    env: {},
    signal: new AbortController().signal,
    now: () => '2026-02-12T00:00:00.000Z',
  };
  registry = await startRegistry();
  await registry.push(Object.values(images));
  const from = ['Go', 'PyPI', 'distributions'].map(data);
  expect(await updateVulnerabilities({ store: join(folder, 'known'), from, host: '', quiet: true }, terminal)).toEqual({ exit: 0 });
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const scan = async (fake: FakeCluster, options: SbomOptions = {}, flags: SbomScanFlags = {}): Promise<Report> => {
  const opened = must(
    await openImageTools({ vulnerabilities: join(folder, 'known'), layerCache: join(folder, 'layers'), ...flags }, terminal),
  );
  try {
    const ports = {
      access: fakeAccess(fake),
      images: opened.tools,
      signal: terminal.signal,
      now: terminal.now,
      sleep: async () => undefined,
      progress: () => undefined,
    } as unknown as Parameters<typeof runScan>[2];
    const input = { scanId: 's', trigger: 'test', toolVersion: '0', options, waivers: [] };
    return must(await runScan(sbomKind, input, ports)).report;
  } finally {
    opened.close();
  }
};
const told = ({ findings }: Report): readonly string[] =>
  findings
    .map(({ outcome, check, subject }) => [outcome, subject.name.replace(/^[^/]+\//, ''), subject.package, check].filter(Boolean).join(' '))
    .toSorted();

describe('a scan of what a real registry holds', () => {
  it('names what fails, what passes, and what nobody knows', async () => {
    const pods = Object.entries(images).map(([name, one]) => runs(name, registry.host, one));
    const gone = {
      ...runs('gone', registry.host, images.old),
      status: {},
      spec: { nodeName: 'n1', containers: [{ name: 'main', image: `${registry.host}/shop/gone:1` }] },
    };
    const report = await scan(cluster([...pods, gone]));
    const { findings } = report;
    expect(told(report).filter((line) => !line.includes('shop/old'))).toEqual([
      'pass shop/mended image/no-known-vulnerability',
      'unknown shop/empty image/readable',
      'unknown shop/gone image/readable',
      'unknown shop/npm npm/* image/advisories-known',
    ]);
    const old = told(report).filter((line) => line.includes('shop/old'));
    expect(old).toContain('fail shop/old PyPI/django CVE-2021-33203');
    expect(old.some((line) => line.startsWith('fail shop/old Debian/libssl3'))).toBe(true);
    expect(findings.find(({ check }) => check === 'CVE-2021-33203')).toMatchObject({
      vulnerability: { installed: ['3.1.11'], fixed: ['3.1.12'] },
      evidence: [{ looked: expect.stringContaining('dist-info/METADATA'), source: expect.stringContaining(images.old.root.digest) }],
    });
    expect(report.coverage).toMatchObject({ total: 5, decided: 2, unknown: 3 });
  });

  it('takes VEX statements from a file', async () => {
    const vex = join(folder, 'vex.json');
    const statement = {
      vulnerability: { name: 'CVE-2021-33203' },
      products: [{ '@id': 'pkg:pypi/django@3.1.11' }],
      status: 'not_affected',
      justification: 'vulnerable_code_not_present',
    };
    writeFileSync(
      vex,
      JSON.stringify({
        '@context': 'https://openvex.dev/ns/v0.2.0',
        '@id': 'x',
        author: 'me',
        timestamp: '2026-02-01T00:00:00Z',
        version: 1,
        statements: [statement],
      }),
    );
    expect(told(await scan(cluster([runs('old', registry.host, images.old)]), {}, { vex: [vex] }))).toContain(
      'not-applicable shop/old PyPI/django CVE-2021-33203',
    );
  });
});

describe('a registry that lets in those it knows', () => {
  it('is read with the pull secrets of pods, if that was asked for', async () => {
    await using closed = await startRegistry({ users: true });
    const auth = Buffer.from(`${registryUser.username}:${registryUser.password}`).toString('base64');
    await closed.push([images.mended], `Basic ${auth}`);
    const config = Buffer.from(JSON.stringify({ auths: { [closed.host]: { auth } } })).toString('base64');
    const fake = cluster([runs('mended', closed.host, images.mended)], {
      '/api/v1/namespaces/shop/secrets/pull': { data: { '.dockerconfigjson': config } },
      '/api/v1/namespaces/shop/serviceaccounts/default': {},
    });
    expect(told(await scan(fake))).toEqual(['unknown shop/mended image/readable']);
    const report = await scan(fake, { pullSecrets: true });
    expect(told(report)).toEqual(['pass shop/mended image/no-known-vulnerability']);
    expect(JSON.stringify(report)).not.toContain(auth);
  });
});
