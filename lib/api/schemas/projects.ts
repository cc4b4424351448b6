import { z } from 'zod';
import { Description, Name, Tags } from '../../fleet/common.ts';
import { PolicyName } from '../../fleet/gate-policy.ts';
import { ProbeNetworks, Project, Retention } from '../../fleet/project.ts';
import { pageOf } from './shared.ts';

export { Project } from '../../fleet/project.ts';
export { InProject, PageQuery } from './shared.ts';

export const ProjectPage = pageOf(Project, 'projects');
export const NewProject = z.strictObject({
  name: Name,
  description: Description.default(''),
  tags: Tags.default([]),
  retention: Retention.optional(),
  probeNetworks: ProbeNetworks.optional(),
  concurrentScans: z.int().min(1).max(200).optional().describe('Scans that run at the same time at most; default 10.'),
});
export const ProjectChange = NewProject.extend({
  description: Description,
  tags: Tags,
  gatePolicy: PolicyName.nullable().describe(
    'Policy that decides about upgrades of clusters that name none; null: the built-in `default`. Takes `policy.update`.',
  ),
}).partial();
