import { z } from 'zod';
import { Description, isoTime, Name, ProjectId, Tags } from './common.ts';

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
    createdAt: isoTime('When it was made'),
  })
  .meta({
    id: 'Project',
    description: 'What belongs together and is seen by the same people: clusters, their scans, schedules and waivers.',
  });
export type Project = z.infer<typeof Project>;
export const defaultConcurrentScans = 10;
