import { type Result, succeed } from '../core/failure.ts';
import { defaultConcurrentScans, defaultRetention, type Project } from '../fleet/project.ts';
import type { ServicePorts } from './handler.ts';
import { createNamed, type NamedEntities } from './named.ts';

export const defaultProject = 'default';

export const projectEntities = ({ records }: ServicePorts): NamedEntities<Project> => ({
  names: records.names,
  scope: 'projects',
  entities: records.projects,
});

/** Makes the project that every deployment starts with, unless it is there. */
export const ensureDefaults = async (ports: ServicePorts): Promise<Result<void>> => {
  if (await ports.records.projects.get(defaultProject)) return succeed(undefined);
  const created = await createNamed(projectEntities(ports), {
    id: defaultProject,
    name: 'Default',
    description: 'What belongs to no other project.',
    tags: [],
    retention: defaultRetention,
    concurrentScans: defaultConcurrentScans,
    createdAt: ports.clock.now(),
  });
  // another process that starts at the same moment may have been faster
  return created.ok || (await ports.records.projects.get(defaultProject)) ? succeed(undefined) : created;
};
