import { chosenSuites } from '../shared/cipher-suites.ts';
import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';
import { few } from '../shared/words.ts';

export const tlsCipherSuites = kubeletCheck({
  id: 'kubelet/tls-cipher-suites',
  title: 'Kubelets accept strong cipher suites only',
  severity: 'medium',
  why: 'A client that is talked into a weak suite can be listened to, or its recorded traffic can be read later.',
  repair:
    'Set `tlsCipherSuites` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config) to suites such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 and TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, the first always included because HTTP/2 demands it, or `tlsMinVersion: VersionTLS13`.',
  fields: { tlsCipherSuites: (kubelet) => kubelet.tlsCipherSuites, tlsMinVersion: (kubelet) => kubelet.tlsMinVersion },
  judge: ({ tlsCipherSuites: suites, tlsMinVersion }) => {
    const chosen = chosenSuites(tlsMinVersion, suites);
    if (!chosen) return fails('The kubelet leaves the choice of cipher suites to Go, which includes weak ones in CBC mode.');
    return chosen.weak.length > 0
      ? fails(`The kubelet is told to accept weak cipher suites: ${few(chosen.weak)}.`)
      : holds('The kubelet accepts strong cipher suites only.');
  },
});
