import {
  existing,
  filePlace,
  flag,
  isBlind,
  isEmbedded,
  k3s,
  kubeconfigOf,
  type LookedAtNode,
  manifestOf,
  microk8s,
  nothing,
  type Place,
  refusal,
  rke2,
  within,
} from './node-place.ts';

/** Some folders and everything that lies in them, whatever its name. */
const folderPlace = (
  what: string,
  folders: readonly string[],
  absent: string,
  foldersOf: (node: LookedAtNode) => readonly string[] = () => folders,
): Place => ({
  what,
  on: 'control-plane nodes',
  folders,
  find(node) {
    const own = foldersOf(node);
    const files = [...existing(node, own), ...within(node, own)];
    if (files.length > 0) return { files };
    const refused = refusal(node, own);
    return refused === undefined ? nothing('not-applicable', absent) : nothing('unknown', `Could not be read: ${refused}.`);
  },
});

export const pkiFolders = ['/etc/kubernetes/pki', `${rke2}/server/tls`, `${k3s}/server/tls`, `${microk8s}/certs`];
/** The folder of certificates and keys: where the API server's `--client-ca-file` lies, or the usual ones. */
export const pkiFoldersOf = (node: LookedAtNode): readonly string[] => {
  const authority = flag(node, 'kube-apiserver', 'client-ca-file');
  const folder = authority?.slice(0, authority.lastIndexOf('/')) ?? '';
  // a folder right under the root holds more than certificates
  const own = folder.lastIndexOf('/') > 0 && node.files[folder] && !pkiFolders.some((one) => folder.startsWith(one)) ? [folder] : [];
  return [...pkiFolders, ...own];
};

/** Where the plugin host-local keeps one file per address in use. */
export const cniState = '/var/lib/cni/networks';
export const cniFolders = ['/etc/cni/net.d', `${k3s}/agent/etc/cni/net.d`, `${microk8s}/args/cni-network`, cniState];

const units = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'];
const unitFiles = [
  ...units.map((folder) => `${folder}/kubelet.service`),
  ...['kubelet.daemon', 'microk8s.daemon-kubelet', 'microk8s.daemon-kubelite'].map((name) => `/etc/systemd/system/snap.${name}.service`),
];
const dropIns = units.map((folder) => `${folder}/kubelet.service.d`);

const startsKubelet: Place = {
  what: 'the service file of the kubelet',
  on: 'every node',
  files: unitFiles,
  folders: dropIns,
  find(node) {
    const inFolders = within(node, dropIns).filter(({ path }) => path.endsWith('.conf'));
    const services = existing(node, [...unitFiles, ...inFolders.map(({ path }) => path)]).filter(({ kind }) => kind === 'file');
    if (services.length > 0) return { files: services };
    const refused = refusal(node, [...unitFiles, ...dropIns]);
    return refused === undefined
      ? nothing('not-applicable', 'No systemd service or drop-in on this node starts the kubelet.')
      : nothing('unknown', `Could not be read: ${refused}.`);
  },
};

const kubeletConfig = filePlace({
  what: "the kubelet's configuration file",
  on: 'every node',
  program: 'kubelet',
  named: (node) => flag(node, 'kubelet', 'config'),
  usual: ['/var/lib/kubelet/config.yaml', '/etc/kubernetes/kubelet.yaml', '/etc/kubernetes/kubelet/config', `${microk8s}/args/kubelet`],
  absent: (node) => {
    if (node.layout === 'k3s')
      return nothing('not-applicable', 'k3s runs the kubelet inside its own process, without a configuration file.');
    return node.argv.kubelet
      ? nothing('not-applicable', 'The kubelet runs without a configuration file.')
      : nothing('unknown', 'The command line of the kubelet could not be seen, and no configuration file lies where it usually does.');
  },
});
const kubeletConfigFolder = (node: LookedAtNode): string | undefined => flag(node, 'kubelet', 'config-dir');

const etcdData = filePlace({
  what: 'the data folder of etcd',
  on: 'control-plane nodes',
  program: 'etcd',
  named: (node) => flag(node, 'etcd', 'data-dir'),
  usual: [`${rke2}/server/db/etcd`, `${k3s}/server/db/etcd`, '/var/lib/etcd'],
  absent: (node) =>
    node.layout === 'k3s'
      ? nothing('not-applicable', 'This k3s server keeps its state in another database than etcd.')
      : nothing('unknown', 'The data folder of etcd is not named on its command line and does not lie where it usually does.'),
});

/** What the controls on files speak of. One table for the scanner, which must look there, and for the checks, which judge what was seen. */
export const places = {
  apiServerManifest: manifestOf('kube-apiserver', 'the API server'),
  controllerManagerManifest: manifestOf('kube-controller-manager', 'the controller manager'),
  schedulerManifest: manifestOf('kube-scheduler', 'the scheduler'),
  etcdManifest: manifestOf('etcd', 'etcd'),
  cni: folderPlace('the files of the network plugin', cniFolders, 'No network plugin keeps configuration or state on this node.'),
  etcdData: {
    ...etcdData,
    // the folder can outlive an etcd that is gone; one inside k3s shows no process of its own
    find: (node) =>
      node.argv.etcd || isBlind(node) || node.layout === 'k3s'
        ? etcdData.find(node)
        : nothing('not-applicable', 'etcd does not run on this node.'),
  } satisfies Place,
  adminKubeconfig: filePlace({
    what: 'the kubeconfig of an administrator',
    on: 'control-plane nodes',
    usual: [
      '/etc/kubernetes/admin.conf',
      '/etc/kubernetes/super-admin.conf',
      `${rke2}/server/cred/admin.kubeconfig`,
      '/etc/rancher/rke2/rke2.yaml',
      `${k3s}/server/cred/admin.kubeconfig`,
      '/etc/rancher/k3s/k3s.yaml',
      `${microk8s}/credentials/client.config`,
    ],
    all: true,
    absent: () => nothing('not-applicable', "No administrator's kubeconfig is kept on this node."),
  }),
  schedulerKubeconfig: kubeconfigOf('kube-scheduler', 'the scheduler', [
    '/etc/kubernetes/scheduler.conf',
    `${rke2}/server/cred/scheduler.kubeconfig`,
    `${k3s}/server/cred/scheduler.kubeconfig`,
    `${microk8s}/credentials/scheduler.config`,
  ]),
  controllerManagerKubeconfig: kubeconfigOf('kube-controller-manager', 'the controller manager', [
    '/etc/kubernetes/controller-manager.conf',
    `${rke2}/server/cred/controller.kubeconfig`,
    `${k3s}/server/cred/controller.kubeconfig`,
    `${microk8s}/credentials/controller.config`,
  ]),
  pki: folderPlace(
    'the certificates and keys of the control plane',
    pkiFolders,
    'No folder of certificates and keys is kept on this node.',
    pkiFoldersOf,
  ),
  kubeletService: startsKubelet,
  kubeProxyKubeconfig: filePlace({
    what: 'the kubeconfig of kube-proxy',
    on: 'every node',
    program: 'kube-proxy',
    // in a pod the flag names a path of the pod's own
    named: (node) => (node.runsIn['kube-proxy'] === 'pod' ? undefined : flag(node, 'kube-proxy', 'kubeconfig')),
    usual: [
      '/etc/kubernetes/proxy.conf',
      '/etc/kubernetes/kube-proxy.conf',
      '/etc/kubernetes/kube-proxy.kubeconfig',
      '/etc/kubernetes/ssl/kubecfg-kube-proxy.yaml',
      '/var/lib/kube-proxy/kubeconfig',
      '/var/lib/kube-proxy/kubeconfig.conf',
      `${rke2}/agent/kubeproxy.kubeconfig`,
      `${k3s}/agent/kubeproxy.kubeconfig`,
      `${microk8s}/credentials/proxy.config`,
    ],
    absent: (node) => {
      if (node.runsIn['kube-proxy'] === 'pod')
        return nothing('not-applicable', 'kube-proxy runs in a pod and has its kubeconfig from a ConfigMap.');
      if (node.runsIn['kube-proxy'] !== undefined || isBlind(node) || isEmbedded(node))
        return nothing('unknown', 'No kubeconfig of kube-proxy lies where this or any other distribution keeps it.');
      return nothing('not-applicable', 'kube-proxy does not run on this node.');
    },
  }),
  kubeletKubeconfig: filePlace({
    what: "the kubelet's kubeconfig",
    on: 'every node',
    program: 'kubelet',
    named: (node) => flag(node, 'kubelet', 'kubeconfig'),
    usual: [
      '/etc/kubernetes/kubelet.conf',
      '/var/lib/kubelet/kubeconfig',
      '/etc/kubernetes/kubelet/kubeconfig',
      '/etc/kubernetes/kubeconfig-kubelet',
      `${rke2}/agent/kubelet.kubeconfig`,
      `${k3s}/agent/kubelet.kubeconfig`,
      `${microk8s}/credentials/kubelet.config`,
    ],
    absent: () => nothing('unknown', 'No kubeconfig of the kubelet lies where this or any other distribution keeps it.'),
  }),
  kubeletClientCa: filePlace({
    what: 'the certificate authority by which the kubelet knows its clients',
    on: 'every node',
    program: 'kubelet',
    named: (node) => flag(node, 'kubelet', 'client-ca-file') ?? node.kubeletSettings.clientCAFile,
    usual: [`${rke2}/agent/client-ca.crt`, `${k3s}/agent/client-ca.crt`, `${microk8s}/certs/ca.crt`],
    absent: (node) =>
      node.argv.kubelet && refusal(node, [flag(node, 'kubelet', 'config') ?? []].flat()) === undefined
        ? nothing('not-applicable', 'The kubelet has no file of certificate authorities for its clients.')
        : nothing(
            'unknown',
            'Neither command line nor configuration of the kubelet could be read, so its certificate authority is not known.',
          ),
  }),
  kubeletConfig: {
    ...kubeletConfig,
    find(node) {
      const folder = kubeletConfigFolder(node);
      const dropped =
        folder === undefined ? [] : within(node, [folder]).filter(({ kind, path }) => kind === 'file' && path.endsWith('.conf'));
      const main = kubeletConfig.find(node);
      return dropped.length > 0 && (main.files || flag(node, 'kubelet', 'config') === undefined)
        ? { files: [...(main.files ?? []), ...dropped] }
        : main;
    },
  } satisfies Place,
} as const;
