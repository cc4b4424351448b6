import type { LookedAtNode } from '../../lib/checks/shared/node-place.ts';
import type { FileFact, NodeFilesFact } from '../../lib/core/facts/index.ts';

/** `600`, `640 root:adm`, `folder 700 etcd:etcd` */
const fileFact = (path: string, text: string): FileFact => {
  const [, folder, mode = '', user = 'root', group = 'root'] = /^(folder )?([0-7]{3})(?: (\S+):(\S+))?$/.exec(text) ?? [];
  const number = (name: string) => (name === 'root' ? 0 : /^\d+$/.test(name) ? Number(name) : 999);
  return { path, kind: folder ? 'folder' : 'file', mode: Number.parseInt(mode, 8), uid: number(user), gid: number(group), user, group };
};

type Parts = Partial<Omit<LookedAtNode, 'files' | 'read'>> & { readonly files?: Readonly<Record<string, string | FileFact>> };

/** A control-plane node of a stock kubeadm cluster in examples: what is given replaces what is stock, whole field by whole field. */
export const exampleNode = ({ files = {}, ...rest }: Parts = {}): LookedAtNode => ({
  node: 'cp1',
  role: 'control-plane',
  read: true,
  layout: 'kubeadm',
  looked: [],
  unreadable: {},
  documents: {},
  argv: {
    kubelet: ['--kubeconfig=/etc/kubernetes/kubelet.conf', '--config=/var/lib/kubelet/config.yaml'],
    'kube-apiserver': ['--client-ca-file=/etc/kubernetes/pki/ca.crt'],
    'kube-controller-manager': ['--kubeconfig=/etc/kubernetes/controller-manager.conf'],
    'kube-scheduler': ['--kubeconfig=/etc/kubernetes/scheduler.conf'],
    etcd: ['--data-dir=/var/lib/etcd'],
    'kube-proxy': ['--config=/var/lib/kube-proxy/config.conf'],
  },
  runsIn: {
    kubelet: 'host',
    'kube-apiserver': 'static-pod',
    'kube-controller-manager': 'static-pod',
    'kube-scheduler': 'static-pod',
    etcd: 'static-pod',
    'kube-proxy': 'pod',
  },
  kubeletSettings: { clientCAFile: '/etc/kubernetes/pki/ca.crt', staticPodPath: '/etc/kubernetes/manifests' },
  ...rest,
  files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? fileFact(path, text) : text])),
});

/** A worker of the same cluster: kubelet and kube-proxy only. */
export const exampleWorker = (parts: Parts = {}): LookedAtNode =>
  exampleNode({
    node: 'worker1',
    role: 'worker',
    argv: { kubelet: ['--kubeconfig=/etc/kubernetes/kubelet.conf', '--config=/var/lib/kubelet/config.yaml'], 'kube-proxy': [] },
    runsIn: { kubelet: 'host', 'kube-proxy': 'pod' },
    ...parts,
  });

/** A control-plane node that could not be looked at. */
export const unreadNode = (reason = 'The pod of the scan never started.'): NodeFilesFact => ({
  node: 'cp2',
  role: 'control-plane',
  read: false,
  reason,
});

/** A node where the process list was empty. */
export const blindNode = (parts: Parts = {}): LookedAtNode => exampleNode({ argv: {}, runsIn: {}, kubeletSettings: {}, ...parts });

const files = (path: string, text: string) => ({ [path]: text });

/** What every check on the mode of one file must answer, for a file at a path on a control-plane node. */
export const modeCases = (path: string, allowed: '600' | '644' | '700', wider: string, kind = '') => [
  {
    name: 'the mode that is demanded',
    given: { nodeFiles: [exampleNode({ files: files(path, `${kind}${allowed}`) })] },
    expect: 'pass' as const,
  },
  { name: 'a stricter mode', given: { nodeFiles: [exampleNode({ files: files(path, `${kind}400`) })] }, expect: 'pass' as const },
  {
    name: 'a wider mode',
    given: { nodeFiles: [exampleNode({ files: files(path, `${kind}${wider}`) })] },
    expect: 'fail' as const,
    says: `has mode ${wider}`,
  },
  {
    name: 'a smaller number that allows more: bits count, not numbers',
    given: { nodeFiles: [exampleNode({ files: files(path, `${kind}077`) })] },
    expect: 'fail' as const,
  },
  { name: 'a node that could not be looked at', given: { nodeFiles: [unreadNode()] }, expect: 'unknown' as const, says: 'never started' },
  {
    name: 'nodes that disagree',
    given: {
      nodeFiles: [
        exampleNode({ files: files(path, `${kind}${allowed}`) }),
        exampleNode({ node: 'cp2', files: files(path, `${kind}${wider}`) }),
      ],
    },
    expect: ['pass', 'fail'] as const,
  },
];

/** What every check on the owner of one file must answer, for a file at a path on a control-plane node. */
export const ownerCases = (path: string, mode = '600') => [
  { name: 'root and root', given: { nodeFiles: [exampleNode({ files: files(path, mode) })] }, expect: 'pass' as const },
  {
    name: 'root by number, on a node without names',
    given: { nodeFiles: [exampleNode({ files: files(path, `${mode} 0:0`) })] },
    expect: 'pass' as const,
  },
  {
    name: 'another user',
    given: { nodeFiles: [exampleNode({ files: files(path, `${mode} 1000:root`) })] },
    expect: 'fail' as const,
    says: 'belongs to 1000:root',
  },
  { name: 'another group', given: { nodeFiles: [exampleNode({ files: files(path, `${mode} root:adm`) })] }, expect: 'fail' as const },
  { name: 'a node that could not be looked at', given: { nodeFiles: [unreadNode()] }, expect: 'unknown' as const, says: 'never started' },
];
