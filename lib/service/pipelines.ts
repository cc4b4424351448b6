import { succeed } from '../core/failure.ts';
import type { TrustRuleRecord } from '../fleet/connection.ts';
import { partitions } from '../records/index.ts';
import { connectionHandlers } from './connections.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';
import { withinTrustRuleLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { answered, needUnchanged } from './unchanged.ts';

const targetOf = (id: string): string => `trust-rules/${id}`;

/** Ends all trust rules of a project. */
export const removeTrustRulesOf = async ({ records }: ServicePorts, projectId: string): Promise<void> => {
  for await (const { value } of records.trustRules.all(partitions.trustRules(projectId)))
    await records.trustRules.remove({ projectId, id: value.id });
};

export const pipelinesHandlers = (ports: ServicePorts): HandlersOf<'pipelines'> => {
  const { records, clock } = ports;
  return {
    ...connectionHandlers(ports),
    'pipelines.listTrustRules': async ({ params: { projectId }, query }) => {
      const page = await listKept(records.trustRules, { ...partitions.trustRules(projectId), ...query });
      return page.ok ? succeed({ body: page.value }) : page;
    },
    'pipelines.createTrustRule': async ({ params: { projectId }, body }) => {
      const isWithin = await withinTrustRuleLimit(ports, projectId);
      if (!isWithin.ok) return isWithin;
      const rule: TrustRuleRecord = { id: `tru-${clock.id()}`, projectId, ...body, createdAt: clock.now() };
      const created = await records.trustRules.create(rule);
      if (!created.ok) return created;
      const location = `/v1/projects/${projectId}/trust-rules/${rule.id}`;
      return succeed({ body: rule, revision: created.value.revision, location, target: targetOf(rule.id) });
    },
    'pipelines.getTrustRule': async ({ params: { projectId, trustRuleId } }) => {
      const there = await records.trustRules.need({ projectId, id: trustRuleId });
      return there.ok ? answered(there.value, targetOf(trustRuleId)) : there;
    },
    'pipelines.deleteTrustRule': async ({ params: { projectId, trustRuleId }, ifMatch }) => {
      const name = { projectId, id: trustRuleId };
      const there = await needUnchanged(records.trustRules, name, ifMatch);
      if (!there.ok) return there;
      const removed = await records.trustRules.remove(name, there.value.revision);
      return removed.ok ? succeed({ body: undefined, target: targetOf(trustRuleId) }) : removed;
    },
  };
};
