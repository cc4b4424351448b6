import { z } from 'zod';
import { PipelineSystem, TargetVersion } from './request.ts';

/** Which cluster a deployment means. Written by administrators; everything is compared exactly. */
export const PipelineRule = z
  .strictObject({
    system: PipelineSystem,
    from: z
      .string()
      .min(1)
      .max(256)
      .describe(
        'Who asks: the numeric id of the repository (GitHub) or project (GitLab), the id of the project (Azure), `namespaces/<ns>/triggers/<name>` (Tekton), `<namespace>/<name>` (Cluster API), `<Kind>/<namespace>/<name>` (Flux)',
      ),
    environment: z.string().min(1).max(256).optional().describe('Environment, or name of a GitLab status check; absent: any'),
    cluster: z.string().min(1).max(256).describe('Name or id of the cluster'),
    target: TargetVersion.optional().describe('The one version it may ask for; absent: what the request says'),
    policy: z.string().min(1).max(64).optional(),
    maxEvidenceAge: z
      .string()
      .regex(/^(?=\d)(\d{1,5}h)?(\d{1,5}m)?(\d{1,5}s)?$/)
      .optional(),
  })
  .meta({ id: 'PipelineRule', description: 'Which cluster a deployment means.' });
export type PipelineRule = z.infer<typeof PipelineRule>;
