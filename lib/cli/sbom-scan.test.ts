import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePki } from '../../test/support/certificates.ts';
import { startServer, type TestServer } from '../../test/support/https-server.ts';
import { kubeconfigText } from '../../test/support/kubeconfig.ts';
import { buildImage, layoutFiles, makeTar, type Tagged } from '../../test/support/oci-images.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { Report } from '../reports/report.ts';

const name = 'registry.invalid/shop/front:1';
const image = buildImage({
  layers: [
    makeTar([
      {
        name: 'usr/lib/python3/site-packages/Django-3.1.11.dist-info/METADATA',
        body: 'Metadata-Version: 2.1\nName: Django\nVersion: 3.1.11\n',
      },
    ]),
  ],
});
const tagged: Tagged = { name, root: image.manifest, images: [image] };
const pod = {
  metadata: { name: 'front', namespace: 'shop' },
  spec: { nodeName: 'n1', containers: [{ name: 'main', image: name }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'main', imageID: `registry.invalid/shop/front@${image.manifest.digest}` }] },
};
const nodeInfo = {
  kubeletVersion: 'v1.36.3',
  osImage: 'Debian',
  operatingSystem: 'linux',
  containerRuntimeVersion: 'containerd',
  architecture: 'amd64',
};
const answers: Readonly<Record<string, unknown>> = {
  '/version': { gitVersion: 'v1.36.3' },
  '/api/v1/namespaces/kube-system': { metadata: { uid: 'c-1' } },
  '/apis/authentication.k8s.io/v1/selfsubjectreviews': { status: { userInfo: { username: 'me' } } },
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': { status: { allowed: true } },
  '/api/v1/pods': { metadata: {}, items: [pod] },
  '/api/v1/nodes': { metadata: {}, items: [{ metadata: { name: 'n1', labels: {} }, status: { nodeInfo } }] },
};

let folder: string;
let server: TestServer;
const at = (path: string): string => join(folder, path);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-sbom-cli-'));
  const pki = await makePki();
  const handler: Parameters<typeof startServer>[0] = ({ url }, response) => {
    const answer = answers[url.replace(/\?.*$/, '')];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  };
  server = await startServer(handler, { certificate: pki.server });
  writeFileSync(at('config'), kubeconfigText(pki, server.url));
  writeFileSync(at('image.tar'), makeTar(layoutFiles([tagged])));
  const advisories = new URL('../../test/data/osv/PyPI.json', import.meta.url).pathname;
  const updated = await runCli(['vulnerabilities', 'update', '--from', advisories, '--store', at('known'), '--quiet']);
  expect(updated).toMatchObject({ exit: 0, out: expect.stringMatching(/PyPI +13 advisories/) });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const scan = (...more: readonly string[]) =>
  runCli([
    'scan',
    '--kind',
    'sbom',
    '--kubeconfig',
    at('config'),
    '--layer-cache',
    at('layers'),
    '--vulnerabilities',
    at('known'),
    '--quiet',
    ...more,
  ]);

it('scans what an archive holds, and writes every kind of report', async () => {
  const formats = ['--format', 'pdf,csv,json,sarif,junit,oscal', '--fail-on', 'medium'];
  expect(await scan('--image-archive', at('image.tar'), '--out', at('out'), ...formats)).toMatchObject({ exit: 1, err: '' });
  expect(
    readdirSync(at('out'))
      .filter((file) => file.startsWith('report.'))
      .toSorted(),
  ).toEqual(['report.csv', 'report.json', 'report.junit.xml', 'report.oscal.json', 'report.pdf', 'report.sarif']);
  const report = Report.parse(JSON.parse(readFileSync(at('out/report.json'), 'utf8')));
  expect(report.findings).toMatchObject([
    { check: 'CVE-2021-33203', subject: { name: 'registry.invalid/shop/front', package: 'PyPI/django' } },
  ]);
  expect(report.sbom?.images).toMatchObject([
    { digest: image.manifest.digest, contexts: [{ namespace: 'shop', pod: 'front', container: 'main' }] },
  ]);
  for (const file of ['report.csv', 'report.sarif', 'report.junit.xml'])
    expect(readFileSync(at(`out/${file}`), 'utf8')).toContain('CVE-2021-33203');
  expect((await scan('--image-archive', at('image.tar'), '--out', at('out'))).exit).toBe(0);
  expect(JSON.parse(readFileSync(at('out/report.json'), 'utf8'))).toMatchObject({ changes: { new: 0, persisting: 1, notComparable: 0 } });
});

it('decides too little where nothing can be pulled', async () => {
  const { exit, err } = await scan('--json', '--insecure-registry', 'registry.invalid');
  expect([exit, err]).toEqual([2, expect.stringContaining('Only 0 of 1 controls')]);
});

it('tells what is missing before it asks anything', async () => {
  expect(await scan('--scope', 'pod', '--namespace', 'shop')).toMatchObject({ exit: 2, err: expect.stringContaining('needs a pod') });
  const unknown = await runCli(['scan', '--kind', 'sbom', '--vulnerabilities', at('nothing')], { env: { KUBECONFIG: '/nowhere' } });
  expect(unknown).toMatchObject({ exit: 2, err: expect.stringContaining('gatehouse vulnerabilities update') });
});

it('has its rights, asked for and examined', async () => {
  const { out } = await runCli(['permissions', '--kind', 'sbom', '--use-pull-secrets']);
  expect(out).toMatch(/resources: \[pods\]|- pods|nodes, pods/);
  expect(out).toContain('secrets');
  expect((await runCli(['permissions', '--kind', 'sbom'])).out).not.toMatch(/secrets/i);
  expect(await runCli(['doctor', '--kind', 'sbom', '--kubeconfig', at('config')])).toMatchObject({
    exit: 0,
    out: expect.stringContaining('list pods'),
  });
});

it('shows what is stored', async () => {
  const shown = await runCli(['vulnerabilities', 'show', '--store', at('known'), '--json']);
  expect(JSON.parse(shown.out)).toMatchObject({ ecosystems: [{ ecosystem: 'PyPI', advisories: 13 }], epssDate: null });
  expect((await runCli(['vulnerabilities', 'show', '--store', at('nothing')])).out).toContain('No advisories are stored');
});
