import { failed, type Result, succeed } from '../core/failure.ts';
import { defaultConcurrentScans, defaultRetention, type Project, type Retention } from '../fleet/project.ts';
import { isDone } from '../fleet/scan.ts';
import { partitions } from '../records/index.ts';
import { mayChoosePolicy, withPolicy } from './chosen-policy.ts';
import { removeConnectionsOf } from './connections.ts';
import { defaultProject, projectEntities as entitiesOf } from './default-project.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';
import { withinLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { createNamed, removeNamed, replaceNamed } from './named.ts';
import { removeTrustRulesOf } from './pipelines.ts';
import { removePoliciesOf } from './policy-removing.ts';
import { answered, given, needUnchanged } from './unchanged.ts';
import { removeWebhooksOf } from './webhooks.ts';

/** Clusters that a refusal names at most. */
const mostNamed = 5;

const targetOf = (id: string): string => `projects/${id}`;

/** The failure that active clusters are, if there are any. */
const withoutActiveClusters = async ({ records }: ServicePorts, projectId: string): Promise<Result<void>> => {
  const active: string[] = [];
  for await (const { value } of records.clusters.all(partitions.clusters(projectId))) if (value.state === 'active') active.push(value.name);
  if (active.length === 0) return succeed(undefined);
  const named = active.slice(0, mostNamed).join(', ');
  const more = active.length > mostNamed ? ` and ${active.length - mostNamed} more` : '';
  return failed('conflict', `The project still has active clusters: ${named}${more}. Remove them first.`);
};

/** The failure that scans are which have not ended: without their project nobody would end them, nor forget the credential that they hold on to. */
const withoutOpenScans = async ({ records }: ServicePorts, projectId: string): Promise<Result<void>> => {
  for await (const { value } of records.scans.all(partitions.openScans(projectId))) {
    // an index may lag behind
    const now = await records.scans.get({ clusterId: value.clusterId, name: value.id });
    if (now && !isDone(now.value))
      return failed('conflict', `The scan ${value.id} of this project has not ended yet, or is not sealed yet; wait for its end.`);
  }
  return succeed(undefined);
};

/** What only the project gave a meaning. Scans and their evidence stay for their retention; audit records stay. */
const removeBelongings = async (ports: ServicePorts, projectId: string): Promise<void> => {
  await removeWebhooksOf(ports, projectId);
  await removeConnectionsOf(ports, projectId);
  await removeTrustRulesOf(ports, projectId);
  await removePoliciesOf(ports, projectId);
  for await (const { value } of ports.records.waivers.all(partitions.waivers(projectId)))
    await ports.records.waivers.remove({ projectId, id: value.id });
};

const isShorter = (asked: Retention, there: Retention): boolean => asked.runsDays < there.runsDays || asked.reportsDays < there.reportsDays;
/** Whoever works in a project must not make its evidence go sooner: that is for who may make projects. */
const shorteningRefused = failed(
  'permission-missing',
  'Keeping records or reports for a shorter time takes the permission `project.create` in the tenant; ask an administrator to do it.',
);

/** Where scans may knock is decided by who answers for the networks, not by who works in a project. */
const networksRefused = failed(
  'permission-missing',
  'Naming the networks that penetration scans may knock at takes the permission `project.create` in the tenant; ask an administrator to do it.',
);

const remove = async (ports: ServicePorts, projectId: string, ifMatch: number | undefined): Promise<Result<void>> => {
  if (projectId === defaultProject) return failed('conflict', 'The default project cannot be deleted; every deployment has it.');
  const there = await needUnchanged(ports.records.projects, projectId, ifMatch);
  if (!there.ok) return there;
  const isEmpty = await withoutActiveClusters(ports, projectId);
  if (!isEmpty.ok) return isEmpty;
  const isQuiet = await withoutOpenScans(ports, projectId);
  if (!isQuiet.ok) return isQuiet;
  const removed = await removeNamed(entitiesOf(ports), there.value);
  if (!removed.ok) return removed;
  // a cluster may have been registered while we looked; from now on none can be
  const isStillEmpty = await withoutActiveClusters(ports, projectId);
  if (isStillEmpty.ok) await removeBelongings(ports, projectId);
  else await createNamed(entitiesOf(ports), there.value.value);
  return isStillEmpty;
};

export const projectsHandlers = (ports: ServicePorts): HandlersOf<'projects'> => {
  const { records, clock } = ports;
  const entities = entitiesOf(ports);
  return {
    'projects.list': async ({ query, caller }) => {
      const page = await listKept(records.projects, { ...partitions.projects, ...query }, ({ id }) => caller.grants.sees(id));
      return page.ok ? succeed({ body: page.value }) : page;
    },
    'projects.create': async ({ body }) => {
      const isWithin = await withinLimit(ports, 'projects');
      if (!isWithin.ok) return isWithin;
      const { retention = defaultRetention, concurrentScans = defaultConcurrentScans, ...rest } = body;
      const project: Project = { id: `prj-${clock.id()}`, ...rest, retention, concurrentScans, createdAt: clock.now() };
      const created = await createNamed(entities, project);
      if (!created.ok) return created;
      return succeed({
        body: project,
        revision: created.value.revision,
        location: `/v1/projects/${project.id}`,
        target: targetOf(project.id),
      });
    },
    'projects.get': async ({ params: { projectId } }) => {
      const there = await records.projects.need(projectId);
      return there.ok ? answered(there.value, targetOf(projectId)) : there;
    },
    'projects.update': async ({ params: { projectId }, body, ifMatch, caller }) => {
      const there = await needUnchanged(records.projects, projectId, ifMatch);
      if (!there.ok) return there;
      if (body.retention && isShorter(body.retention, there.value.value.retention) && !caller.grants.may('project.create'))
        return shorteningRefused;
      if (body.probeNetworks && !caller.grants.may('project.create')) return networksRefused;
      const { gatePolicy, ...rest } = body;
      const mayChoose = await mayChoosePolicy(ports, projectId, gatePolicy, caller);
      if (!mayChoose.ok) return mayChoose;
      const replaced = await replaceNamed(entities, there.value, withPolicy({ ...there.value.value, ...given(rest) }, gatePolicy));
      return replaced.ok ? answered(replaced.value, targetOf(projectId)) : replaced;
    },
    'projects.delete': async ({ params: { projectId }, ifMatch }) => {
      const removed = await remove(ports, projectId, ifMatch);
      return removed.ok ? succeed({ body: undefined, target: targetOf(projectId) }) : removed;
    },
  };
};
