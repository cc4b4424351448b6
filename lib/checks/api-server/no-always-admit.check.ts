import { admissionPluginCheck } from '../shared/api-server.ts';

export const noAlwaysAdmit = admissionPluginCheck({
  id: 'api-server/no-always-admit',
  title: 'The admission plugin AlwaysAdmit does not run',
  severity: 'high',
  why: 'The plugin lets everything in and stands for having no admission control at all.',
  repair:
    'Remove AlwaysAdmit from `--enable-admission-plugins` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  plugin: 'AlwaysAdmit',
  wanted: false,
});
