import { z } from 'zod';
import { Actor, isoTime, ProjectId } from './common.ts';

/** Name of a policy, as documents write it in `metadata.name`; built-in ones are `default` and `live-facts`. */
export const PolicyName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,62}[a-z0-9])?$/, 'must be small letters, digits and "-"')
  .describe('Name of the policy, as its document says.');

export const PolicyHead = z
  .object({
    projectId: ProjectId,
    name: PolicyName,
    latest: z.int().min(1).describe('The newest version there is.'),
    active: z.int().min(1).optional().describe('The version that decides; none before one was activated.'),
    createdAt: isoTime('When its first version was stored'),
    changedAt: isoTime('When it was last changed'),
  })
  .meta({ id: 'PolicyHead', description: 'A policy of a project: which versions there are, and which one decides.' });
export type PolicyHead = z.infer<typeof PolicyHead>;

export const PolicyVersion = z
  .object({
    projectId: ProjectId,
    name: PolicyName,
    version: z.int().min(1).describe('Counts from 1; a version is never changed.'),
    sha256: z.string().describe('Of the document as evaluations name it.'),
    document: z
      .string()
      .max(128 * 1024)
      .describe('The document as it was sent: YAML or JSON.'),
    createdAt: isoTime('When it was stored'),
    createdBy: Actor,
  })
  .meta({ id: 'PolicyVersion', description: 'One version of a policy.' });
export type PolicyVersion = z.infer<typeof PolicyVersion>;
