import { admissionPluginCheck } from '../shared/api-server.ts';

export const nodeRestriction = admissionPluginCheck({
  id: 'api-server/node-restriction',
  title: 'Admission keeps each node to its own objects',
  severity: 'high',
  why: 'Without the plugin one taken-over kubelet can change the objects of every other node, and labels that decide where secret workloads run.',
  repair:
    'Add NodeRestriction to `--enable-admission-plugins` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config); kubeadm does so by itself.',
  plugin: 'NodeRestriction',
});
