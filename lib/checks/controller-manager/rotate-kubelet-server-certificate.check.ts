import { controllerManagerCheck } from '../shared/controller-manager.ts';
import { fails, holds } from '../shared/flag-check.ts';

export const rotateKubeletServerCertificate = controllerManagerCheck(
  {
    id: 'controller-manager/rotate-kubelet-server-certificate',
    title: 'Rotation of kubelet serving certificates is not switched off',
    severity: 'medium',
    why: 'Kubelets that may not renew their serving certificates run into their end, or serve ones nobody can verify.',
    repair:
      'Remove `RotateKubeletServerCertificate=false` (or `AllBeta=false`) from `--feature-gates` in /etc/kubernetes/manifests/kube-controller-manager.yaml (with kubeadm also in the ConfigMap kubeadm-config); the feature is on by default.',
  },
  (settings) =>
    settings.betaFeature('RotateKubeletServerCertificate', true)
      ? holds('The feature RotateKubeletServerCertificate is on.')
      : fails('The feature RotateKubeletServerCertificate is off.'),
);
