import { apiServerCheck } from '../shared/api-server.ts';
import { fails, holds } from '../shared/flag-check.ts';

export const serviceAccountKeyFile = apiServerCheck(
  {
    id: 'api-server/service-account-key-file',
    title: 'ServiceAccount tokens are verified with a key of their own',
    severity: 'medium',
    why: 'Without a key of its own the API server uses its TLS key, which then cannot be changed without ending every token.',
    repair:
      'Set `--service-account-key-file=/etc/kubernetes/pki/sa.pub` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  },
  (settings) => {
    if (settings.has('service-account-signing-endpoint')) {
      const endpoint = settings.text('service-account-signing-endpoint');
      return { outcome: 'not-applicable', message: `Tokens are signed and verified outside the API server, at ${endpoint}.` };
    }
    const files = settings.list('service-account-key-file');
    return files.length > 0
      ? holds(`Tokens are verified with ${files.join(', ')}.`)
      : fails('The API server has no `--service-account-key-file`.');
  },
);
