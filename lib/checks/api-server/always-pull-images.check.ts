import { admissionPluginCheck } from '../shared/api-server.ts';

export const alwaysPullImages = admissionPluginCheck({
  id: 'api-server/always-pull-images',
  title: 'Every pod proves its right to its image',
  severity: 'low',
  why: 'Without it a pod may run a private image that another pod has already brought to the node, without having credentials for it.',
  repair:
    'Add AlwaysPullImages to `--enable-admission-plugins` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config); the registry must then be reachable whenever a pod starts.',
  plugin: 'AlwaysPullImages',
});
