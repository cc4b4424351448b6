import { type Result, succeed } from '../core/failure.ts';
import type { WaiverRecord } from '../fleet/waiver.ts';
import { type Acting, decideWaiver, requestWaiver, withdrawWaiver } from '../fleet/waiver-rules.ts';
import { partitions, type Records } from '../records/index.ts';
import type { Caller, HandlersOf, ServicePorts } from './handler.ts';
import { withinWaiverLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { answered } from './unchanged.ts';

const targetOf = (id: string): string => `waivers/${id}`;

/** Who acts: for a token with its owner, so that it hides nobody. The audit record names the token. */
const actingOf = async (records: Records, { actor, personId }: Caller): Promise<Acting> => {
  if (actor.id === personId) return { actor };
  const owner = (await records.tokens.get(actor.id))?.value.owner;
  return { actor, owner: owner?.id === personId ? owner : { type: 'person', id: personId, name: actor.name } };
};

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
