import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';
import { keepsMadeUp } from '../shared/kubelet-settings.ts';

export const servingCertificate = kubeletCheck({
  id: 'kubelet/serving-certificate',
  title: 'Kubelets serve a certificate that callers can verify',
  severity: 'medium',
  why: 'Nobody can verify a certificate that the kubelet made up itself, so whoever sits between it and the API server reads logs and takes over exec sessions.',
  repair:
    'Set `serverTLSBootstrap: true` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config) and let somebody approve the certificate requests, or name files in `tlsCertFile` and `tlsPrivateKeyFile` that an authority issued.',
  fields: {
    serverTLSBootstrap: (kubelet) => kubelet.serverTLSBootstrap,
    tlsCertFile: (kubelet) => kubelet.tlsCertFile,
    tlsPrivateKeyFile: (kubelet) => kubelet.tlsPrivateKeyFile,
  },
  showsCertificate: true,
  judge: (kubelet, { certificate }) => {
    const { serverTLSBootstrap, tlsCertFile, tlsPrivateKeyFile } = kubelet;
    if (certificate?.selfSigned) return fails('The kubelet serves a certificate that it made up itself.');
    if (!serverTLSBootstrap && (tlsCertFile === '' || tlsPrivateKeyFile === ''))
      return fails('The kubelet has no serving certificate but the one it makes up itself.');
    if (certificate) return holds('The kubelet serves a certificate that an authority issued.');
    if (serverTLSBootstrap) return holds('The kubelet asks the cluster for its serving certificate.');
    // where the kubelet puts the certificate it makes up is also where an operator may put a good one
    if (keepsMadeUp(kubelet))
      return {
        outcome: 'unknown',
        message: `The kubelet serves ${tlsCertFile}, where it keeps a certificate it made up, and the certificate itself was not seen.`,
      };
    return holds(`The kubelet serves the certificate in ${tlsCertFile}.`);
  },
});
