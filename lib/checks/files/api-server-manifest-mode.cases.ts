import { blindNode, exampleNode, exampleWorker, modeCases, unreadNode } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { apiServerManifestMode } from './api-server-manifest-mode.check.ts';

export const cases = casesFor(apiServerManifestMode, [
  {
    name: 'a right that only its owner gains',
    given: { nodeFiles: [exampleNode({ files: { '/etc/kubernetes/manifests/kube-apiserver.yaml': '700' } })] },
    expect: 'fail',
    says: 'lets its owner execute it',
  },
  ...modeCases('/etc/kubernetes/manifests/kube-apiserver.yaml', '600', '644'),
  {
    name: 'a worker has no such manifest and is not asked',
    given: {
      nodeFiles: [
        exampleNode({ files: { '/etc/kubernetes/manifests/kube-apiserver.yaml': '600' } }),
        exampleWorker(),
        { ...unreadNode(), node: 'worker2', role: 'worker' },
      ],
    },
    expect: ['pass'],
  },
  { name: 'no control-plane node is listed', given: { nodeFiles: [exampleWorker()] }, expect: 'unknown', says: 'no control-plane node' },
  {
    name: 'the kubelet is told of another folder',
    given: {
      nodeFiles: [exampleNode({ kubeletSettings: { staticPodPath: '/srv/pods' }, files: { '/srv/pods/kube-apiserver.yaml': '640' } })],
    },
    expect: 'fail',
    says: '/srv/pods/kube-apiserver.yaml',
  },
  {
    name: 'RKE2 keeps it elsewhere',
    given: {
      nodeFiles: [
        exampleNode({
          layout: 'rke2',
          kubeletSettings: {},
          files: { '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml': '600' },
        }),
      ],
    },
    expect: 'pass',
  },
  {
    name: 'another file in the folder is not the manifest',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/manifests/x-kube-apiserver.yaml': '644',
            '/etc/kubernetes/manifests/kube-apiserver.yaml.orig': '644',
            '/etc/kubernetes/manifests/kube-apiserver.yaml': '600',
          },
        }),
      ],
    },
    expect: ['pass'],
  },
  {
    name: 'a static pod whose manifest is nowhere',
    given: { nodeFiles: [exampleNode()] },
    expect: 'unknown',
    says: 'Nothing named after kube-apiserver',
  },
  {
    name: 'a folder that could not be read',
    given: { nodeFiles: [exampleNode({ unreadable: { '/etc/kubernetes/manifests': 'the node refused to show it' } })] },
    expect: 'unknown',
    says: 'refused to show',
  },
  {
    name: 'a service of the node',
    given: { nodeFiles: [exampleNode({ runsIn: { 'kube-apiserver': 'host' } })] },
    expect: 'not-applicable',
  },
  {
    name: 'k3s runs it in its own process',
    given: { nodeFiles: [exampleNode({ layout: 'k3s', argv: { k3s: [] }, runsIn: { k3s: 'host' } })] },
    expect: 'not-applicable',
  },
  { name: 'Talos writes no manifest', given: { nodeFiles: [exampleNode({ layout: 'talos' })] }, expect: 'not-applicable' },
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown', says: 'No process' },
  {
    name: 'a link is followed',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/manifests/kube-apiserver.yaml': {
              path: '/etc/kubernetes/manifests/kube-apiserver.yaml',
              target: '/srv/kube-apiserver.yaml',
              kind: 'file',
              mode: 0o644,
              uid: 0,
              gid: 0,
              user: 'root',
              group: 'root',
            },
          },
        }),
      ],
    },
    expect: 'fail',
    says: '/srv/kube-apiserver.yaml',
  },
]);
