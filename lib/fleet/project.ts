import { z } from 'zod';
import { readRange } from '../core/address.ts';
import { Description, isoTime, Name, ProjectId, Tags } from './common.ts';
import { PolicyName } from './gate-policy.ts';

/** How long evidence and records of a project are kept. */
export const Retention = z
  .object({
    runsDays: z.int().min(1).max(3650).describe('Days that a record of a scan is listed.'),
    reportsDays: z
      .int()
      .min(1)
      .max(3650)
      .describe('Days that reports, facts and manifests are locked, and kept; never shorter than `runsDays`.'),
  })
  .refine(({ runsDays, reportsDays }) => reportsDays >= runsDays, { path: ['reportsDays'], message: 'must not be shorter than runsDays' })
  .meta({ id: 'Retention', description: 'How long the project keeps what.' });
export type Retention = z.infer<typeof Retention>;
export const defaultRetention: Retention = { runsDays: 400, reportsDays: 400 };

/** Networks that penetration scans may knock at. */
export const ProbeNetworks = z
  .array(
    z
      .string()
      .max(60)
      .refine((text) => typeof readRange(text) !== 'string', 'is no address and no network such as 10.0.0.0/8'),
  )
  .max(50)
  .describe(
    'Networks and addresses that penetration scans of this project may knock at; none when left out: then there are no such scans.',
  );

export const Project = z
  .object({
    id: ProjectId,
    name: Name,
    description: Description,
    tags: Tags,
    retention: Retention,
    concurrentScans: z
      .int()
      .min(1)
      .max(200)
      .describe('Scans of this project that run at the same time at most; more wait for the next minute.'),
    probeNetworks: ProbeNetworks.optional(),
    gatePolicy: PolicyName.optional().describe(
      'Policy that decides about upgrades of clusters that name none themselves; the built-in `default` when left out.',
    ),
    createdAt: isoTime('When it was made'),
  })
  .meta({
    id: 'Project',
    description: 'What belongs together and is seen by the same people: clusters, their scans, schedules and waivers.',
  });
export type Project = z.infer<typeof Project>;
export const defaultConcurrentScans = 10;
