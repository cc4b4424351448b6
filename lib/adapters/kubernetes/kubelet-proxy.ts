import { failed, succeed } from '../../core/failure.ts';
import type { ClusterAccess, KubeletAccess } from '../../ports/cluster-access.ts';

/**
 * KubeletAccess through the API server. Only for users who opted in: it needs `get nodes/proxy`, a right that lets its holder run commands in every pod.
 * The serving certificate is not seen this way.
 */
export const createKubeletProxyAccess = (access: ClusterAccess): KubeletAccess => ({
  get: async (kubelet, path, schema, options) => {
    const read = await access.get(`/api/v1/nodes/${encodeURIComponent(kubelet.node)}/proxy${path}`, schema, options);
    if (read.ok) return succeed({ value: read.value });
    return read.failure.code === 'permission-missing'
      ? failed(
          'permission-missing',
          `The kubelet of node ${kubelet.node} cannot be asked through the API server without the right to get nodes/proxy.`,
          'get nodes/proxy',
        )
      : read;
  },
  close: () => undefined,
});
