import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Vantage } from '../../lib/core/finding.ts';
import { bySeverity, type Severity } from '../../lib/core/outcome.ts';
import { type Finding, Report } from '../../lib/reports/report.ts';
import { apply, type ClusterName, gatehouse, kubeconfigOf, kubectl, temporaryFolder, until } from './bed.ts';

const namespace = 'gatehouse-probe';
const addressOf = async (cluster: ClusterName, node: string): Promise<string> =>
  (await kubectl(cluster, 'get', 'node', node, '-o', 'jsonpath={.status.addresses[0].address}')).trim();

const scan = async (cluster: ClusterName, ...more: readonly string[]): Promise<Report> => {
  const out = await temporaryFolder();
  const ended = await gatehouse([
    'scan',
    '--kind',
    'penetration',
    '--kubeconfig',
    await kubeconfigOf(cluster),
    '--out',
    out,
    '--format',
    'json',
    '--fail-on',
    'never',
    '--quiet',
    ...more,
  ]);
  expect(ended, ended.stderr).toMatchObject({ exit: 0 });
  return Report.parse(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')));
};

const failures = ({ findings }: Report): readonly Finding[] => findings.filter(({ outcome }) => outcome === 'fail');
const at = (report: Report, endpoint: string): readonly Finding[] =>
  failures(report).filter(({ subject }) => subject.endpoints?.includes(endpoint));
const worst = (findings: readonly Finding[]): Severity | undefined => findings.map(({ severity }) => severity).toSorted(bySeverity)[0];
const rows = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(findings.flatMap(({ controls }) => controls.map(({ id }) => id))),
];
const isProbeNamespaceThere = async (cluster: ClusterName): Promise<boolean> =>
  (await kubectl(cluster, 'get', 'namespaces', '-o', 'name')).includes(namespace);

/** Doors that stand open on `exposed`, with the worst that is said of each. */
const open: readonly (readonly [port: number, severity: Severity, row: string])[] = [
  [6443, 'critical', 'API-02'],
  [10250, 'critical', 'KUB-02'],
  [10255, 'high', 'KHV052'],
  [2379, 'critical', 'ETC-02'],
  [12379, 'critical', 'ETC-04'],
  [2381, 'low', 'ETC-06'],
  [10257, 'high', 'CMP-01'],
  [10259, 'high', 'CMP-01'],
  [10249, 'medium', 'CMP-04'],
  [30080, 'low', 'ADD-11'],
];

/** What kubeadm leaves open by default, and what it is worth. */
const leftOpen: Readonly<Record<string, Severity>> = {
  'exposure/cluster/external-ips-allowed': 'medium',
  'exposure/transport/old-ciphers': 'low',
  'exposure/transport/certificate-names': 'info',
  'exposure/cluster/own-node-rights': 'info',
  'exposure/api-server/bootstrap-tokens': 'low',
  'exposure/api-server/health-details': 'info',
  'exposure/api-server/client-authorities': 'info',
  'exposure/api-server/version': 'info',
  'exposure/kubelet/certificate': 'info',
  'exposure/components/kube-proxy-health': 'info',
};
/** What a pod sees more of it, where no NetworkPolicy bites. */
const leftOpenInside: Readonly<Record<string, Severity>> = {
  ...leftOpen,
  'exposure/pod/egress-to-services': 'low',
  'exposure/pod/egress-to-nodes': 'low',
  'exposure/add-ons/coredns-metrics': 'low',
};

describe('exposed', () => {
  let address: string;
  let both: Report;
  beforeAll(async () => {
    address = await addressOf('exposed', 'cp1');
    both = await scan('exposed', '--vantage', 'external,internal');
  });

  it.each(open)('port %i is open, which is %s by row %s, from the network and from a pod', (port, severity, row) => {
    const found = at(both, `${address}:${port}`);
    expect(worst(found)).toBe(severity);
    expect(rows(found)).toContain(row);
    const decisive = found.filter((one) => one.severity === severity && rows([one]).includes(row));
    for (const { certainty, evidence, vantages } of decisive) {
      expect(certainty).toBe('confirmed');
      expect(vantages).toEqual(['external', 'internal'] satisfies Vantage[]);
      expect(JSON.stringify(evidence)).toContain(`${address}:${port}`);
    }
    // one finding with two vantages, not two findings
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
  });

  it('leaves nothing behind', async () => expect(await isProbeNamespaceThere('exposed')).toBe(false));

  it('keeps no secret of what was open', async () => {
    const text = JSON.stringify(both);
    const token = await kubectl('exposed', '-n', 'kube-system', 'get', 'secrets', '-o', 'jsonpath={.items[*].data.token-secret}');
    for (const secret of token.split(' ').filter(Boolean)) expect(text).not.toContain(Buffer.from(secret, 'base64').toString());
    expect(text).not.toMatch(/eyJ[A-Za-z0-9_-]{20,}\.|PRIVATE KEY|BEGIN CERTIFICATE/);
  });

  it('finds whatever kube-hunter finds', async () => {
    const hunter = process.env.GATEHOUSE_KUBE_HUNTER;
    if (hunter === undefined) throw new Error('test/cluster/run.sh installs kube-hunter and names it in GATEHOUSE_KUBE_HUNTER');
    const { stdout } = await promisify(execFile)(hunter, ['--remote', address, '--report', 'json', '--log', 'none']);
    const { vulnerabilities } = JSON.parse(stdout) as { vulnerabilities: readonly { readonly vid: string; readonly location: string }[] };
    expect(vulnerabilities.length).toBeGreaterThan(5);
    for (const { vid, location } of vulnerabilities) expect(rows(at(both, location)), `${vid} at ${location}`).toContain(vid);
  });
});

describe.each(['plain', 'hardened'] as const)('%s', (cluster) => {
  it('is reported for what kubeadm leaves open, and for no more, from the network', async () => {
    const report = await scan(cluster);
    const said = failures(report).map(({ check, severity }) => [check, severity]);
    for (const [check, severity] of said) expect(severity, check).toBe(leftOpen[check as string]);
    expect(report.network?.vantages[0]?.reached).toBe(report.network?.vantages[0]?.targets);
    expect(said.length).toBeGreaterThan(0);
  });
});

describe('plain, from a pod', () => {
  it('is reported for what any pod sees, and leaves nothing behind', async () => {
    const report = await scan('plain', '--vantage', 'internal');
    for (const { check, severity, vantages } of failures(report)) {
      expect(severity, check).toBe(leftOpenInside[check]);
      // what the API alone decides has no vantage
      expect(vantages ?? ['internal']).toEqual(['internal']);
    }
    // what only the network shows is unknown, not clean
    expect(report.controls.filter(({ outcome }) => outcome === 'unknown').map(({ id }) => id)).toEqual(['API-12', 'API-17']);
    expect(await isProbeNamespaceThere('plain')).toBe(false);
  });

  it('says why when the pod cannot start, and looks from outside all the same', async () => {
    const report = await scan('plain', '--vantage', 'external,internal', '--probe-image', 'registry.example/none:1');
    expect(report.coverage.statements.join(' ')).toContain('registry.example/none:1');
    const { outcome, message } = report.findings.find(({ check }) => check === 'exposure/pod/egress-to-nodes') as Finding;
    expect([outcome, message.includes('--probe-image')]).toEqual(['unknown', true]);
    expect(report.network?.vantages.map(({ vantage }) => vantage)).toEqual(['external']);
    expect(await isProbeNamespaceThere('plain')).toBe(false);
  });

  it('is left as it was by Ctrl-C, and by clean-up after a kill', async () => {
    const args = ['scan', '--kind', 'penetration', '--kubeconfig', await kubeconfigOf('plain'), '--vantage', 'internal', '--json'];
    const stopped = await gatehouse(args, { signalAfter: { text: 'looking from a pod', ms: 3000, signal: 'SIGINT' } });
    expect([stopped.exit, stopped.stdout]).toEqual([130, '']);
    expect(await isProbeNamespaceThere('plain')).toBe(false);
    const killed = await gatehouse(args, { signalAfter: { text: 'looking from a pod', ms: 3000, signal: 'SIGKILL' } });
    expect(killed.exit).toBeNull();
    expect(await isProbeNamespaceThere('plain')).toBe(true);
    expect(await gatehouse(['clean-up', '--all', '--kubeconfig', await kubeconfigOf('plain')])).toMatchObject({ exit: 0 });
    await until('the end of the namespace', async () => !(await isProbeNamespaceThere('plain')), 60);
  });
});

describe('what somebody writes into the cluster', () => {
  const name = 'gatehouse-aim';
  const service = (own: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: own, namespace: name }, spec });
  afterAll(async () => {
    await kubectl('plain', 'delete', 'namespace', name, '--ignore-not-found');
  });

  it('aims the scan at nobody else', async () => {
    await apply('plain', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    await apply('plain', service('outside', { ports: [{ port: 80 }], externalIPs: ['198.51.100.9'] }), {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'outside', namespace: name },
      spec: {
        rules: [
          {
            host: 'victim.example',
            http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'outside', port: { number: 80 } } } }] },
          },
        ],
      },
    });
    const patch = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: '203.0.113.5' }, { hostname: 'victim.example' }] } } });
    await kubectl('plain', '-n', name, 'patch', 'ingress', 'outside', '--subresource=status', '--type=merge', '-p', patch);
    const { network } = await scan('plain', '--vantage', 'external,internal');
    expect(network?.refused.map(({ address }) => address)).toEqual(expect.arrayContaining(['198.51.100.9', '203.0.113.5']));
    const contacted = [...new Set(network?.exchanges.map(({ endpoint }) => endpoint.replace(/:\d+$/, '')))];
    expect(contacted.filter((one) => !/^198\.18\.|^169\.254\.169\.254$/.test(one))).toEqual([]);
    expect(network?.exchanges.filter(({ host }) => host === 'victim.example')).toEqual([]);
  });
});

it('shows with --dry-run exactly where it knocks, and sends nothing', async () => {
  const kubeconfig = await kubeconfigOf('exposed');
  const shown = await gatehouse(['scan', '--kind', 'penetration', '--kubeconfig', kubeconfig, '--dry-run', '--json']);
  const { doors } = JSON.parse(shown.stdout) as { doors: { external: readonly { readonly endpoint: string }[] } };
  const { network } = await scan('exposed');
  expect(new Set(network?.exchanges.map(({ endpoint }) => endpoint))).toEqual(new Set(doors.external.map(({ endpoint }) => endpoint)));
});
