import { fails, holds, needsPerson } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';
import { keepsMadeUp, mayRotateServingCertificate } from '../shared/kubelet-settings.ts';

export const rotateServerCertificates = kubeletCheck({
  id: 'kubelet/rotate-server-certificates',
  title: 'Kubelets renew their serving certificates',
  severity: 'medium',
  why: 'A serving certificate that nobody renews ends one day, or was never issued by the cluster at all.',
  repair:
    'Set `serverTLSBootstrap: true` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), remove `RotateKubeletServerCertificate: false` from `featureGates`, and let somebody approve the certificate requests.',
  fields: {
    serverTLSBootstrap: (kubelet) => kubelet.serverTLSBootstrap,
    featureGates: (kubelet) => kubelet.featureGates,
    tlsCertFile: (kubelet) => kubelet.tlsCertFile,
  },
  showsCertificate: true,
  judge: (kubelet, { certificate }) => {
    const isGiven = certificate ? !certificate.selfSigned : kubelet.tlsCertFile !== '' && !keepsMadeUp(kubelet);
    if (!kubelet.serverTLSBootstrap && isGiven)
      return needsPerson(
        'The kubelet serves a certificate that it was given and does not renew itself.',
        `Look who replaces ${kubelet.tlsCertFile || 'the serving certificate'} before it ends.`,
      );
    if (!mayRotateServingCertificate(kubelet)) return fails('The feature RotateKubeletServerCertificate is off.');
    if (!kubelet.serverTLSBootstrap)
      return fails('The kubelet does not ask the cluster for its serving certificate, so there is nothing it renews.');
    if (certificate?.selfSigned)
      return fails('The kubelet is told to ask the cluster for its serving certificate, and serves one it made up itself.');
    return holds('The kubelet asks the cluster for its serving certificate and renews it.');
  },
});
