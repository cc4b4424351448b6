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

const pattern = (what: string) =>
  z.string().min(1).max(4000).optional().describe(`Mode \`custom\`: regular expression over the names of ${what}.`);

export const ConformanceChoice = z
  .strictObject({
    mode: z
      .enum(['quick', 'non-disruptive', 'certified', 'custom'])
      .optional()
      .describe(
        '`quick`: one test · `non-disruptive` (default): every conformance test that disturbs nothing else · `certified`: all of them, for a submission to CNCF · `custom`: by `focus` and `skip`.',
      ),
    focus: pattern('tests to run'),
    skip: pattern('tests to leave out'),
    image: z.string().min(1).max(300).optional().describe("Image of the suite; else the release's own for the version of the cluster."),
    registry: z.string().min(1).max(300).optional().describe('Mirror that images of the suite and of its tests come from.'),
    outputImage: z.string().min(1).max(300).optional().describe('Image of the container that hands the files over; needs a busybox shell.'),
    pullSecrets: z
      .array(z.string().min(1).max(253))
      .max(10)
      .optional()
      .describe('Secrets of the namespace `gatehouse-conformance` that images are pulled with.'),
    limitMinutes: z.int().min(1).max(360).optional().describe('Minutes after which the suite is given up; 360 unless told otherwise.'),
  })
  .refine(({ mode, focus, skip }) => (focus === undefined && skip === undefined) || mode === undefined || mode === 'custom', {
    message: '`focus` and `skip` belong to mode `custom`',
  })
  .meta({
    id: 'ConformanceChoice',
    description:
      'Conformance: which tests of the suite run, and where its images come from. A conformance scan needs rights like those of a cluster administrator, and starts a pod that holds them while it runs.',
  });

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
    conformance: ConformanceChoice.optional(),
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
