import { z } from 'zod';
import { Vantage } from '../core/finding.ts';
import { ClusterId, Description, isoTime, Name, ProjectId, Tags, TimeZone } from './common.ts';
import { PolicyName } from './gate-policy.ts';

export const ClusterHealth = z
  .object({
    state: z
      .enum(['unknown', 'healthy', 'unhealthy', 'unreachable'])
      .describe(
        '`unknown`: not looked yet, or it answers but does not let the credential see its nodes · `unhealthy`: reached, but a node is not ready · `unreachable`: no answer, or the credential was refused.',
      ),
    checkedAt: isoTime('When somebody last looked').optional(),
    lastContactAt: isoTime('When it last answered').optional(),
    reason: z.string().optional().describe('Why it is not healthy: one sentence.'),
    kubernetesVersion: z.string().optional().describe('Version the API server reported.'),
    nodes: z.int().optional().describe('Number of nodes.'),
    notReady: z.array(z.string()).optional().describe('Nodes that are not ready, at most 20.'),
    cordoned: z.array(z.string()).optional().describe('Nodes in maintenance (cordoned), at most 20.'),
  })
  .meta({ id: 'ClusterHealth', description: 'What was last seen of the cluster.' });
export type ClusterHealth = z.infer<typeof ClusterHealth>;

export const ScanOptions = z
  .object({
    nodeFacts: z
      .boolean()
      .default(false)
      .describe('Configuration: also look at files and processes on every node, by one short-lived pod each.'),
    nodeFactsImage: z.string().max(300).optional().describe('Configuration: image of that pod.'),
    benchmark: z
      .string()
      .max(20)
      .optional()
      .describe('Configuration: version of the benchmark; else the one for the version of the cluster.'),
    vantages: z
      .array(Vantage)
      .min(1)
      .max(2)
      .optional()
      .describe('Penetration: from where to look; `external` unless told otherwise. `internal` starts one short-lived pod.'),
    targets: z
      .array(z.string().max(60))
      .max(50)
      .optional()
      .describe(
        'Penetration: what to look at: `api-server`, `nodes`, `services`, `ingresses`, `dns`, `metadata`, addresses or networks; everything when left out.',
      ),
    probeImage: z.string().max(300).optional().describe('Penetration: image of the pod of the internal vantage; needs Node.js.'),
  })
  .meta({ id: 'ScanOptions', description: 'What a scan may do beyond reading the API.' });
export type ScanOptions = z.infer<typeof ScanOptions>;

export const Cluster = z
  .object({
    id: ClusterId,
    projectId: ProjectId,
    name: Name,
    description: Description,
    tags: Tags,
    timeZone: TimeZone.describe('Time zone of its schedules.'),
    state: z.enum(['active', 'removed']).describe('`removed`: schedules and runs have ended, evidence stays.'),
    registeredAt: isoTime('When it was registered'),
    removedAt: isoTime('When it was removed').optional(),
    server: z.string().describe('Address of its API server, from the kubeconfig.'),
    credential: z
      .object({
        kind: z.string().describe('`client certificate` or `token`.'),
        expires: isoTime('When it stops working, as far as it says').optional(),
        updatedAt: isoTime('When it was stored'),
        warnedAt: isoTime('When somebody was warned that it stops working').optional(),
      })
      .describe('What is known of the stored credential; the credential itself is never returned.'),
    uid: z
      .string()
      .optional()
      .describe(
        'UID of the namespace kube-system: the cluster id in reports. Known after the first contact, and must not change after it.',
      ),
    gatePolicy: PolicyName.optional().describe('Policy that decides about its upgrades; that of the project when left out.'),
    health: ClusterHealth,
  })
  .meta({ id: 'Cluster', description: 'A registered Kubernetes cluster.' });
export type Cluster = z.infer<typeof Cluster>;

/** Name under which the kubeconfig of a cluster is kept in the secret store. */
export const kubeconfigSecret = (clusterId: string): string => `clusters/${clusterId}/kubeconfig`;
