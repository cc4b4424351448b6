import { apiServerFlags } from '../shared/api-server.ts';

export const serviceAccountTokenExtension = apiServerFlags.boolean({
  id: 'api-server/service-account-token-extension',
  title: 'ServiceAccount tokens end when they say they do',
  severity: 'medium',
  why: 'The extension makes tokens that pods ask for by the hour live for a year, so a stolen one is of use for a year.',
  repair:
    'Make sure that clients renew their tokens (metric `serviceaccount_stale_tokens_total` stays at zero), then set `--service-account-extend-token-expiration=false` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flag: 'service-account-extend-token-expiration',
  fallback: true,
  want: false,
});
