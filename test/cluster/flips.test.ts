import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Report } from '../../lib/reports/report.ts';
import { apply, bedVersion, type ClusterName, kubectl, onNode, outcomesOf, scan, until } from './bed.ts';

// What the three clusters do not show from both sides is changed on a running one, and the findings are seen to flip.

const failing = ({ findings }: Report): readonly string[] => [
  ...new Set(findings.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)),
];
const passing = ({ findings }: Report): readonly string[] => [
  ...new Set(findings.filter(({ outcome }) => outcome === 'pass').map(({ check }) => check)),
];
/** Writes a file on a node; the content travels as base64, so no shell reads it. */
const write = (cluster: ClusterName, node: string, path: string, content: string) =>
  onNode(cluster, node, `echo ${Buffer.from(content).toString('base64')} | base64 -d > ${path}`);

describe('a second control plane with every flag wrong, declared by static pods that never start', () => {
  const wrong: Readonly<Record<string, readonly string[]>> = {
    'kube-apiserver': [
      '--authorization-mode=AlwaysAllow',
      '--disable-admission-plugins=ServiceAccount,NamespaceLifecycle',
      '--enable-admission-plugins=AlwaysAdmit',
      '--request-timeout=0s',
      '--secure-port=0',
      '--token-auth-file=/tokens',
      '--service-account-lookup=false',
      '--audit-log-path=/log',
      '--audit-log-maxage=1',
      '--audit-log-maxbackup=1',
      '--audit-log-maxsize=1',
    ],
    'kube-controller-manager': [
      '--feature-gates=RotateKubeletServerCertificate=false',
      '--use-service-account-credentials=false',
      '--bind-address=0.0.0.0',
    ],
    'kube-scheduler': ['--bind-address=0.0.0.0'],
    etcd: ['--auto-tls=true', '--peer-auto-tls=true', '--listen-client-urls=http://0.0.0.0:2379', '--listen-peer-urls=http://0.0.0.0:2380'],
  };
  let report: Report;
  beforeAll(async () => {
    await onNode('plain', 'worker1', 'mkdir -p /etc/kubernetes/manifests');
    for (const [program, flags] of Object.entries(wrong)) {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `wrong-${program}`, namespace: 'kube-system' },
        spec: {
          containers: [
            { name: 'main', image: 'docker.io/library/busybox:1.37', imagePullPolicy: 'IfNotPresent', command: [program, ...flags] },
          ],
        },
      };
      await write('plain', 'worker1', `/etc/kubernetes/manifests/wrong-${program}.yaml`, stringify(pod));
    }
    await until(
      'four mirror pods',
      async () =>
        (await kubectl('plain', '-n', 'kube-system', 'get', 'pods', '-o', 'name')).split('\n').filter((name) => name.includes('/wrong-'))
          .length === 4,
    );
    report = await scan('plain', `a second control plane with every flag wrong, ${bedVersion}`);
    await scan('plain', `a second control plane with every flag wrong, benchmark 1.7`, '--benchmark', '1.7');
  });
  afterAll(async () => {
    await onNode('plain', 'worker1', 'rm -f /etc/kubernetes/manifests/wrong-*');
    await until(
      'the end of the mirror pods',
      async () => !(await kubectl('plain', '-n', 'kube-system', 'get', 'pods', '-o', 'name')).includes('/wrong-'),
    );
  });

  it('fails every control that flags decide', () => {
    const flags = report.controls.filter(({ id }) => /^(1\.[234]|2)\.\d+$/.test(id) || id === '3.2.1');
    // without a client authority of the API server there is nothing to compare etcd's with; `exposed` shows 2.7 to fail
    expect(flags.filter(({ outcome }) => outcome !== 'fail').map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['2.7 unknown']);
  });

  it('shows that the nodes disagree, and which one deviates', () => {
    const finding = report.findings.find(({ check }) => check === 'api-server/authorization-rbac');
    expect(finding).toMatchObject({
      outcome: 'fail',
      subject: { nodes: ['cp1', 'worker1'] },
      inconsistent: { deviating: [{ node: expect.any(String), outcome: expect.any(String) }] },
    });
  });
});

describe('files of the control plane that everybody may change, of other owners', () => {
  const files = [
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'].map((name) => `/etc/kubernetes/manifests/${name}.yaml`),
    ...['admin', 'super-admin', 'scheduler', 'controller-manager', 'kubelet'].map((name) => `/etc/kubernetes/${name}.conf`),
    ...['ca.crt', 'apiserver.crt', 'apiserver.key', 'sa.key'].map((name) => `/etc/kubernetes/pki/${name}`),
    '/var/lib/kubelet/config.yaml',
    '/etc/cni/net.d/10-bridge.conflist',
    '/var/lib/etcd',
  ];
  const saved = '/run/modes-before';

  it('fail every check of their modes and owners, and pass again once they are closed', async () => {
    await onNode('plain', 'cp1', `stat -c '%a %u:%g %n' ${files.join(' ')} > ${saved}`);
    // the bed has no systemd: a unit as packages install it, in the node's own view of /etc
    await onNode(
      'plain',
      'cp1',
      'mkdir -p /etc/systemd/system && mount -t tmpfs tmpfs /etc/systemd/system && mkdir /etc/systemd/system/kubelet.service.d',
    );
    await write('plain', 'cp1', '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf', '[Service]\nExecStart=/usr/bin/kubelet\n');
    const unit = '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf';
    try {
      await onNode('plain', 'cp1', `chmod 777 ${files.join(' ')} ${unit} && chown 1234:1234 ${files.join(' ')} ${unit}`);
      const open = await scan('plain', 'files of cp1 open to everybody', '--node-facts');
      const checks = open.findings
        .map(({ check }) => check)
        .filter((check) => check.startsWith('files/') && !check.startsWith('files/kube-proxy-'));
      expect(
        failing(open)
          .filter((check) => check.startsWith('files/'))
          .toSorted(),
      ).toEqual([...new Set(checks)].toSorted());
      // addresses of pods are files too, where the scheduler happened to place pods of the pod network on cp1
      await onNode(
        'plain',
        'cp1',
        `chmod 600 ${files.join(' ')} ${unit}; chown 0:0 ${files.join(' ')} ${unit}; chmod 700 /var/lib/etcd; [ ! -d /var/lib/cni/networks ] || find /var/lib/cni/networks -type f -exec chmod 600 {} +`,
      );
      // an account for etcd, in the node's own view of the account files
      await onNode(
        'plain',
        'cp1',
        'for f in passwd group; do cp /etc/$f /run/$f; mount --bind /run/$f /etc/$f; done; echo etcd:x:985:985::/:/bin/false >> /etc/passwd; echo etcd:x:985: >> /etc/group; chown etcd:etcd /var/lib/etcd',
      );
      const closed = await scan('plain', 'files of cp1 closed, an account for etcd', '--node-facts');
      expect(failing(closed).filter((check) => check.startsWith('files/') && check !== 'files/kubelet-config-mode')).toEqual([]);
      expect(passing(closed)).toEqual(
        expect.arrayContaining(['files/cni-mode', 'files/etcd-data-owner', 'files/kubelet-service-mode', 'files/kubelet-service-owner']),
      );
    } finally {
      await onNode('plain', 'cp1', 'umount /etc/passwd /etc/group /etc/systemd/system 2>/dev/null; true');
      await onNode('plain', 'cp1', `while read -r mode owner name; do chown "$owner" "$name"; chmod "$mode" "$name"; done < ${saved}`);
    }
  });
});

describe('a kubelet with everything wrong', () => {
  const config = '/var/lib/kubelet/config.yaml';
  const flags = '/var/lib/kubelet/kubeadm-flags.env';
  let before: { readonly config: string; readonly flags: string };
  const restart = async () => {
    await onNode('plain', 'worker1', 'pkill -x kubelet; true');
    await until(
      'worker1 to be ready',
      async () =>
        (await onNode('plain', 'worker1', 'pgrep -x kubelet')) !== '' &&
        (await kubectl('plain', 'get', 'node', 'worker1')).includes(' Ready'),
    );
    await new Promise((resolve) => setTimeout(resolve, 5000));
  };
  beforeAll(async () => {
    before = { config: await onNode('plain', 'worker1', `cat ${config}`), flags: await onNode('plain', 'worker1', `cat ${flags}`) };
  });
  afterAll(async () => {
    await write('plain', 'worker1', config, before.config);
    await write('plain', 'worker1', flags, before.flags);
    await restart();
  });

  it('fails what the three clusters only show to pass, while its neighbour passes', async () => {
    const settings = parse(before.config);
    settings.authentication = { anonymous: { enabled: true }, webhook: { enabled: false }, x509: {} };
    settings.authorization = { mode: 'AlwaysAllow' };
    settings.rotateCertificates = false;
    await write('plain', 'worker1', config, stringify(settings));
    await write(
      'plain',
      'worker1',
      flags,
      before.flags.replace(/"\s*$/, ' --streaming-connection-idle-timeout=0s --hostname-override=worker1"\n'),
    );
    await restart();
    const report = await scan('plain', `a kubelet with everything wrong, ${bedVersion}`, '--node-facts');
    const kubelets = report.findings.filter(
      ({ check, subject }) => check.startsWith('kubelet/') && subject.role === 'worker' && subject.nodes?.includes('worker1'),
    );
    const failed = kubelets.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
    expect(failed).toEqual(
      expect.arrayContaining([
        'kubelet/anonymous-auth',
        'kubelet/authorization-mode',
        'kubelet/client-ca-file',
        'kubelet/rotate-certificates',
        'kubelet/streaming-idle-timeout',
        'kubelet/hostname-override',
      ]),
    );
    expect(
      report.findings.find(({ check, subject }) => check === 'kubelet/anonymous-auth' && subject.role === 'control-plane')?.outcome,
    ).toBe('pass');
  });
});

describe('objects that come and go', () => {
  it('flip what is said of images, of the namespace default and of Windows nodes', async () => {
    const webhook = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'policy.sigstore.dev' },
      webhooks: [
        {
          name: 'policy.sigstore.dev',
          clientConfig: { service: { namespace: 'cosign-system', name: 'webhook', path: '/validations' } },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] }],
          failurePolicy: 'Fail',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          timeoutSeconds: 1,
        },
      ],
    };
    const windows = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'windows1', labels: { 'kubernetes.io/os': 'windows' } } };
    await apply('plain', windows, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'left-here', namespace: 'default' } });
    const nodeInfo = {
      operatingSystem: 'windows',
      kubeletVersion: bedVersion,
      osImage: 'Windows Server',
      architecture: 'amd64',
      bootID: '',
      containerRuntimeVersion: 'containerd://2',
      kernelVersion: '',
      kubeProxyVersion: '',
      machineID: '',
      systemUUID: '',
    };
    const pretend = async (cluster: ClusterName) =>
      kubectl(cluster, 'patch', 'node', 'windows1', '--subresource=status', '--type=merge', '-p', JSON.stringify({ status: { nodeInfo } }));
    await pretend('plain');
    await apply('hardened', windows);
    await pretend('hardened');
    try {
      const withWindows = await scan('plain', 'an object in default, a Windows node');
      expect(outcomesOf(withWindows)).toMatchObject({ '5.2.10': 'fail', '5.5.1': 'fail', '5.6.4': 'fail' });
      expect(passing(await scan('hardened', 'a Windows node'))).toContain('pods/windows-host-process');
      // a webhook that sees every pod may keep pods out, too: then only a person can say what its policies are
      await apply('plain', webhook);
      expect(outcomesOf(await scan('plain', 'a webhook that verifies images'))).toMatchObject({ '5.5.1': 'pass', '5.2.2': 'manual' });
    } finally {
      await kubectl('plain', 'delete', 'validatingwebhookconfiguration/policy.sigstore.dev', 'node/windows1');
      await kubectl('plain', '-n', 'default', 'delete', 'configmap', 'left-here');
      await kubectl('hardened', 'delete', 'node', 'windows1');
    }
    expect(outcomesOf(await scan('plain', bedVersion))).toMatchObject({ '5.5.1': 'fail', '5.6.4': 'pass', '5.2.10': 'not-applicable' });
  });

  it('scans the hardened cluster by the oldest benchmark, for the checks that only it has', async () => {
    for (const version of ['1.7', '1.11'])
      expect((await scan('hardened', `benchmark ${version}`, '--benchmark', version)).coverage.decided).toBeGreaterThan(75);
  });
});

describe('an API server that turns callers without credentials away', () => {
  const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
  let before: string;
  // the kubelet ends the old API server with grace, starts the new one, and can only then show its pod there
  const seconds = 400;
  const declared = () => kubectl('hardened', '-n', 'kube-system', 'get', 'pod', 'kube-apiserver-cp1', '-o', 'yaml');
  afterAll(async () => {
    await write('hardened', 'cp1', manifest, before);
    await until('the API server as it was', async () => !(await declared()).includes('AlwaysPullImages'), seconds);
  });

  it('passes 1.2.1, and AlwaysPullImages passes 1.2.11', async () => {
    before = await onNode('hardened', 'cp1', `cat ${manifest}`);
    const pod = parse(before);
    const [container] = pod.spec.containers;
    container.command = [
      ...container.command.map((word: string) => word.replace('EventRateLimit', 'EventRateLimit,AlwaysPullImages')),
      '--anonymous-auth=false',
    ];
    // its probes come without credentials and would have it restarted
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) delete container[probe];
    await write('hardened', 'cp1', manifest, stringify(pod));
    await until('the API server with its new flags', async () => (await declared()).includes('--anonymous-auth=false'), seconds);
    await until('the API server to answer', async () => (await kubectl('hardened', 'get', '--raw', '/readyz')) === 'ok');
    const report = await scan('hardened', 'no callers without credentials, AlwaysPullImages');
    expect(outcomesOf(report)).toMatchObject({ '1.2.1': 'pass', '1.2.11': 'pass' });
  }, 600_000);
});
