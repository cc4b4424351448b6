import { apiServerCheck } from '../shared/api-server.ts';
import { fails, holds } from '../shared/flag-check.ts';

export const tokenAuthFile = apiServerCheck(
  {
    id: 'api-server/token-auth-file',
    title: 'The API server takes no tokens from a file',
    severity: 'high',
    why: 'Tokens in the file never expire, lie there in plain text, and cannot be withdrawn without restarting the API server.',
    repair:
      'Move their users to OpenID Connect or to ServiceAccounts, then remove `--token-auth-file` from /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config) and delete the file.',
  },
  (settings) => {
    const file = settings.text('token-auth-file');
    return file === '' ? holds('The API server reads no tokens from a file.') : fails(`The API server accepts the tokens in ${file}.`);
  },
);
