import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const rotateCertificates = kubeletCheck({
  id: 'kubelet/rotate-certificates',
  title: 'Kubelets renew their client certificates',
  severity: 'medium',
  why: 'A certificate that is not renewed ends one day and takes the node out of the cluster; one that lives long is of use to a thief for as long.',
  repair:
    'Set `rotateCertificates: true` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), then restart the kubelet.',
  fields: { rotateCertificates: (kubelet) => kubelet.rotateCertificates },
  judge: ({ rotateCertificates: rotates }) =>
    rotates ? holds('The kubelet renews its client certificate.') : fails('The kubelet does not renew its client certificate.'),
});
