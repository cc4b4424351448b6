import { apiServerCheck } from '../shared/api-server.ts';
import { fails, holds } from '../shared/flag-check.ts';

export const securePort = apiServerCheck(
  {
    id: 'api-server/secure-port',
    title: 'The API server serves TLS',
    severity: 'critical',
    why: 'Without its TLS port the API server can neither encrypt what it says nor tell callers apart.',
    repair:
      'Remove `--secure-port=0` from /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), or set a port such as 6443.',
  },
  (settings) => {
    const port = settings.number('secure-port', 6443);
    return port > 0 ? holds(`The API server serves TLS on port ${port}.`) : fails('The API server is told to serve no TLS.');
  },
);
