import { z } from 'zod';
import type { ClusterIdentity } from '../core/facts/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { parseKubernetesVersion } from '../core/version.ts';
import type { ClusterAccess } from '../ports/cluster-access.ts';

const Version = z.object({ gitVersion: z.string() });
const Namespace = z.object({ metadata: z.object({ uid: z.string() }) });
const Review = z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) });

/** Which cluster this is, and as whom it knows us. */
export interface Identified {
  readonly cluster: ClusterIdentity;
  /** User name by which the API server knows the credential. */
  readonly actor: string;
}

/**
 * Asks for version, identity (UID of kube-system) and our own user name. Without the first two there is no scan: what cannot be named cannot be compared, and a credential that may
 * not even read one namespace would only give a report of unknowns.
 */
export const identify = async (access: ClusterAccess, name: string | undefined): Promise<Result<Identified>> => {
  const [version, namespace, review] = await Promise.all([
    access.get('/version', Version),
    access.get('/api/v1/namespaces/kube-system', Namespace),
    access.create(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      Review,
    ),
  ]);
  if (!version.ok) return version;
  if (!parseKubernetesVersion(version.value.gitVersion))
    return failed(
      'answer-invalid',
      `The server calls its version "${version.value.gitVersion.slice(0, 60)}", which is no Kubernetes version; check that the kubeconfig points to a Kubernetes API server.`,
    );
  if (!namespace.ok)
    return namespace.failure.code === 'permission-missing'
      ? failed(
          'permission-missing',
          `The credential may not read the namespace kube-system, so the cluster cannot be told apart from others; apply what \`gatehouse permissions\` prints, then try again.`,
          namespace.failure.needs,
        )
      : namespace;
  const cluster = { id: namespace.value.metadata.uid, name: name ?? access.clusterName, kubernetesVersion: version.value.gitVersion };
  return succeed({ cluster, actor: review.ok ? review.value.status.userInfo.username : 'an unknown user' });
};
