import { succeed } from '../core/failure.ts';
import { partitions } from '../records/index.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';

export const meHandlers = ({ records }: ServicePorts): HandlersOf<'me'> => ({
  'me.get': async ({ caller: { actor, grants } }) => {
    const projects = [];
    for await (const { value } of records.projects.all(partitions.projects))
      if (grants.sees(value.id)) projects.push({ projectId: value.id, name: value.name, permissions: [...grants.list(value.id)] });
    return succeed({ body: { actor, tenant: [...grants.list()], projects } });
  },
});
