import { type Result, succeed } from '../core/failure.ts';
import type { WaiverRecord } from '../fleet/waiver.ts';
import { decideWaiver, requestWaiver, withdrawWaiver } from '../fleet/waiver-rules.ts';
import { partitions } from '../records/index.ts';
import { actingOf } from './acting.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';
import { withinWaiverLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { answered } from './unchanged.ts';

const targetOf = (id: string): string => `waivers/${id}`;

export const waiversHandlers = (ports: ServicePorts): HandlersOf<'waivers'> => {
  const { records, clock } = ports;
  /** Somebody who is faster makes it decide again. */
  const change = async (projectId: string, id: string, decide: (waiver: WaiverRecord) => Result<WaiverRecord>) => {
    const changed = await records.waivers.update({ projectId, id }, decide);
    return changed.ok ? answered(changed.value, targetOf(id)) : changed;
  };
  return {
    'waivers.list': async ({ params: { projectId }, query: { state, ...query } }) => {
      const isWanted = (waiver: WaiverRecord) => state === undefined || state.includes(waiver.state);
      const page = await listKept(records.waivers, { ...partitions.waivers(projectId), ...query }, isWanted);
      return page.ok ? succeed({ body: page.value }) : page;
    },
    'waivers.request': async ({ params: { projectId }, body, caller }) => {
      const project = await records.projects.need(projectId);
      if (!project.ok) return project;
      const by = await actingOf(records, caller);
      const asked = requestWaiver(body, { id: `wvr-${clock.id()}`, projectId, by, now: clock.now() });
      if (!asked.ok) return asked;
      const isWithin = await withinWaiverLimit(ports, projectId);
      if (!isWithin.ok) return isWithin;
      const waiver = asked.value;
      const created = await records.waivers.create(waiver);
      if (!created.ok) return created;
      const location = `/v1/projects/${projectId}/waivers/${waiver.id}`;
      return succeed({ body: waiver, revision: created.value.revision, location, target: targetOf(waiver.id) });
    },
    'waivers.get': async ({ params: { projectId, waiverId } }) => {
      const there = await records.waivers.need({ projectId, id: waiverId });
      return there.ok ? answered(there.value, targetOf(waiverId)) : there;
    },
    'waivers.decide': async ({ params: { projectId, waiverId }, body, caller }) => {
      const by = await actingOf(records, caller);
      return change(projectId, waiverId, (waiver) => decideWaiver(waiver, { ...body, by, now: clock.now() }));
    },
    'waivers.withdraw': async ({ params: { projectId, waiverId }, caller }) => {
      const by = { ...(await actingOf(records, caller)), mayApprove: caller.grants.may('waiver.approve', projectId) };
      return change(projectId, waiverId, (waiver) => withdrawWaiver(waiver, by));
    },
  };
};
