import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../../core/finding.ts';
import { aContainer, aNode, aWorkload, runs } from '../example.ts';
import type { AnyStatement } from '../statement.ts';
import { components, type SeenVersions } from './components.ts';
import { cveStatements } from './cve-statement.ts';
import { type ComponentId, componentIds, type Flaw } from './flaw.ts';
import { flaws, undecided } from './flaws.ts';
import { compareVersions, isAffected, readVersion, type Version } from './version.ts';

const now = '2026-06-01T10:00:00.000Z';
const windows = { operatingSystem: 'windows' };
const images: Partial<Record<ComponentId, string>> = {
  'kube-proxy': 'registry.k8s.io/kube-proxy',
  'kube-controller-manager': 'registry.k8s.io/kube-controller-manager',
  etcd: 'registry.k8s.io/etcd',
  coredns: 'registry.k8s.io/coredns/coredns',
  'ingress-nginx': 'registry.k8s.io/ingress-nginx/controller',
  'secrets-store-csi': 'registry.k8s.io/csi-secrets-store/driver',
  'azurefile-csi': 'mcr.microsoft.com/oss/kubernetes-csi/azurefile-csi',
  'nfs-csi': 'registry.k8s.io/sig-storage/nfsplugin',
  'smb-csi': 'registry.k8s.io/sig-storage/smbplugin',
};

/** A cluster in which this component, and no other one that a flaw could be in, has this version. */
const clusterWith = (
  component: ComponentId,
  version: string,
  on: Partial<typeof windows> = {},
): Required<SeenVersions> & { readonly now: string } => {
  const image = images[component];
  const os = on.operatingSystem === undefined ? {} : { os: on.operatingSystem };
  return {
    now,
    cluster: { id: 'c-1', name: 'case', kubernetesVersion: component === 'kube-apiserver' ? `v${version}` : 'v99.0.0' },
    nodes:
      component === 'kubelet' || component === 'containerd'
        ? [aNode({ ...on, kubeletVersion: `v${version}`, containerRuntime: `containerd://${version}` })]
        : [],
    workloads: image === undefined ? [] : [runs(`${image}:v${version}`, { kind: 'DaemonSet', ...os })],
  };
};

const statementOf = (flaw: Flaw): AnyStatement => cveStatements([flaw])[0] as AnyStatement;
const judgementOf = (flaw: Flaw, version: string): Judgement =>
  statementOf(flaw).evaluate(clusterWith(flaw.component, version, flaw.on === 'windows' ? windows : {}))[0] as Judgement;
/** The release before this one, of the same branch or of the one before. */
const previous = ([major, minor, patch]: Version['numbers']): string =>
  patch > 0 ? `${major}.${minor}.${patch - 1}` : minor > 0 ? `${major}.${minor - 1}.99` : `${major - 1}.99.99`;

describe.each(flaws)('$cve in $component', (flaw) => {
  const ranges = flaw.affected.map(([from, fixed]) => ({
    from,
    fixed,
    begins: readVersion(from),
    ends: fixed === undefined ? undefined : readVersion(fixed),
  }));

  it('has ranges in order, each with a fix', () => {
    expect(ranges.length).toBeGreaterThan(0);
    let last: Version | undefined;
    for (const { begins, ends } of ranges) {
      if (!begins || !ends) throw new Error('a version that cannot be read, or no fix');
      expect(compareVersions(begins, ends)).toBeLessThan(0);
      if (last) expect(compareVersions(last, begins)).toBeLessThanOrEqual(0);
      last = ends;
    }
  });

  it.each(ranges)('speaks up right before $fixed, and is silent from there on', ({ fixed, ends }) => {
    const last = previous((ends as Version).numbers);
    if (isAffected(readVersion(last) as Version, flaw.affected))
      expect(judgementOf(flaw, last)).toMatchObject({ outcome: 'manual', certainty: 'potential', severity: flaw.severity });
    expect(judgementOf(flaw, fixed as string).outcome).toBe('pass');
  });

  it('is seen to speak up, whatever a vendor wrote behind the version', () => {
    const [first] = ranges.map(({ ends }) => ends as Version) as [Version];
    const version = previous(first.numbers);
    expect(judgementOf(flaw, version).outcome).toBe('manual');
    expect(judgementOf(flaw, `${version}-vkr.1`).message).toContain('unless its vendor mended it');
    expect(judgementOf(flaw, '99.0.0').outcome).toBe('pass');
  });

  it('says where its ranges come from', () => expect(flaw.source).toMatch(/^https:\/\//));
});

const flawIn = (component: ComponentId): Flaw => flaws.find((flaw) => flaw.component === component && flaw.on === undefined) as Flaw;
const evaluate = (flaw: Flaw, seen: Partial<SeenVersions>) =>
  statementOf(flaw).evaluate({
    now,
    cluster: { id: 'c-1', name: 'case', kubernetesVersion: 'v1.36.3' },
    nodes: [],
    workloads: [],
    ...seen,
  });

it('has every component in a table', () => {
  expect([...new Set(flaws.map(({ component }) => component))].toSorted()).toEqual([...componentIds].toSorted());
});

it.each(componentIds.filter((id) => id !== 'kube-apiserver'))(
  '%s that is not there is good news only where that is what it means',
  (id) => {
    expect(evaluate(flawIn(id), {}).map(({ outcome }) => outcome)).toEqual([components[id].absent]);
  },
);

it('says unknown of an image that only has a digest', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  expect(evaluate(flawIn('ingress-nginx'), { workloads: [runs(`registry.k8s.io/ingress-nginx/controller@${digest}`)] })[0]?.outcome).toBe(
    'unknown',
  );
});

it('judges the controller of F5, which is another program, not at all', () => {
  expect(evaluate(flawIn('ingress-nginx'), { workloads: [runs('nginx/nginx-ingress:3.0.0')] })[0]?.outcome).toBe('not-applicable');
});

it('speaks of Windows only where there is some', () => {
  const flaw = flaws.find(({ on, component }) => on === 'windows' && component === 'kubelet') as Flaw;
  const old = { kubeletVersion: 'v1.9.1' };
  expect(evaluate(flaw, { nodes: [aNode(old)] })).toMatchObject([{ outcome: 'not-applicable' }]);
  expect(evaluate(flaw, { nodes: [aNode(old), aNode({ ...old, ...windows, name: 'win' })] })).toMatchObject([
    { outcome: 'manual', subject: { node: 'win' } },
  ]);
});

it('knows the controller manager and kube-proxy of one image by the names of their containers, and those of k3s by its version', () => {
  const flaw = flawIn('kube-controller-manager');
  const container = aContainer({ name: 'kube-controller-manager', image: 'rancher/hardened-kubernetes:v1.18.0-rke2r1-build20240515' });
  expect(evaluate(flaw, { workloads: [aWorkload({ containers: [container] })] })[0]?.outcome).toBe('manual');
  const cluster = { id: 'c-1', name: 'case', kubernetesVersion: 'v1.18.0+k3s1' };
  expect(evaluate(flaw, { cluster })[0]).toMatchObject({ outcome: 'manual', subject: { kind: 'Cluster' } });
});

it('judges a workload of two versions once, by the worse one', () => {
  const workloads = ['v1.9.0', 'v1.15.1'].map((tag) => runs(`registry.k8s.io/ingress-nginx/controller:${tag}`));
  const flaw = flaws.find(({ cve }) => cve === 'CVE-2025-1974') as Flaw;
  expect(evaluate(flaw, { workloads })).toMatchObject([{ outcome: 'manual', severity: 'critical' }]);
});

/** Every CVE that the reference says a version may decide. */
const reference =
  `2018-1002105 2019-1002100 2019-9512 2019-9514 2019-11247 2019-11253 2019-11243 2019-11245 2019-11251 2019-1002101 2019-11246 2020-8551 2020-8555
  2020-8557 2020-8558 2020-8559 2020-8563 2020-8564 2020-8566 2021-25735 2021-25736 2021-25743 2021-25737 2021-25741 2022-3162 2022-3294 2023-2431
  2023-2727 2023-2728 2023-3676 2023-3955 2023-5528 2024-0793 2024-3177 2024-5321 2024-10220 2024-9042 2025-0426 2025-4563 2025-5187 2025-13281 2025-1767
  2024-7598 2020-8554 2023-5044 2025-1974 2025-1097 2025-1098 2025-24513 2025-24514 2026-1580 2026-24512 2026-24513 2026-24514 2026-4342 2015-5305
  2015-7561 2017-1000056 2017-1002102 2018-1002100 2018-1002101`.split(/\s+/);

it.each(reference)('CVE-%s is in a table, or left out with a reason', (cve) => {
  const isDecided = flaws.some((flaw) => flaw.cve === `CVE-${cve}`);
  expect(isDecided).toBe(undecided[`CVE-${cve}`] === undefined);
});
