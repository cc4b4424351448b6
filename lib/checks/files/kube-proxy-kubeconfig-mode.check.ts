import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeProxyKubeconfigMode = filesCheck({
  id: 'files/kube-proxy-kubeconfig-mode',
  title: 'The kubeconfig of kube-proxy, where it is a file, can be read and written by its owner only',
  severity: 'medium',
  place: places.kubeProxyKubeconfig,
  rule: atMost(0o600),
  why: 'The file holds a credential: whoever reads it acts as kube-proxy towards the API server.',
  repair:
    'Run `chmod 600 /var/lib/kube-proxy/kubeconfig` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
