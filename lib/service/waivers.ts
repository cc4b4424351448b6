import { failed, type Result, succeed } from '../core/failure.ts';
import { addDays, timeOf } from '../core/time.ts';
import type { Actor } from '../fleet/common.ts';
import type { WaiverRecord } from '../fleet/waiver.ts';
import { partitions, type Records } from '../records/index.ts';
import { expiresAt } from '../reports/waiver.ts';
import type { Call, Caller, HandlersOf, ServicePorts } from './handler.ts';
import { listKept } from './listing.ts';
import { answered } from './unchanged.ts';

const targetOf = (id: string): string => `waivers/${id}`;
const longestDays = 731;

/** Who answers for a request or a decision: the person, also where a token was used. The audit record names the token. */
const personBehind = async (records: Records, { actor, personId }: Caller): Promise<Actor> => {
  if (actor.id === personId) return actor;
  const owner = (await records.tokens.get(actor.id))?.value.owner;
  return owner?.id === personId ? owner : { type: 'person', id: personId, name: actor.name };
};

/** A waiver must end, and not be over before it begins. */
const examineEnd = (waiver: Pick<WaiverRecord, 'expires'>, now: string): Result<void> => {
  const end = expiresAt(waiver);
  if (end <= timeOf(now)) return failed('input-invalid', 'The waiver would be over already; choose a later `expires`.');
  return end > timeOf(addDays(now, longestDays))
    ? failed('input-invalid', 'A waiver holds for two years at most; choose an earlier `expires`.')
    : succeed(undefined);
};

/** Four eyes: who asked does not decide, and what was decided stays. */
const decided = (
  waiver: WaiverRecord,
  decider: Actor,
  { decision, reason }: Call<'waivers.decide'>['body'],
  now: string,
): Result<WaiverRecord> => {
  if (waiver.state !== 'requested') return failed('conflict', `The waiver is ${waiver.state} already; ask for a new one instead.`);
  if (decider.type !== 'person') return failed('permission-missing', 'Only a person decides about a waiver. Sign in as one.');
  if (decider.id === waiver.requestedBy.id)
    return failed('permission-missing', 'Nobody decides about a waiver that they asked for; another person must.');
  const fits = decision === 'approve' ? examineEnd(waiver, now) : succeed(undefined);
  if (!fits.ok) return fits;
  const state = decision === 'approve' ? 'approved' : 'rejected';
  return succeed({ ...waiver, state, decidedBy: decider, decidedAt: now, decisionReason: reason });
};

/** Whoever asked takes it back; whoever may approve ends any. */
const withdrawn = (waiver: WaiverRecord, { grants, personId }: Caller): Result<WaiverRecord> => {
  if (waiver.requestedBy.id !== personId && !grants.may('waiver.approve', waiver.projectId))
    return failed(
      'permission-missing',
      'Only who asked for a waiver, or who may approve waivers, can end it. Ask one of them.',
      'waiver.approve',
    );
  return waiver.state === 'requested' || waiver.state === 'approved'
    ? succeed({ ...waiver, state: 'withdrawn' })
    : failed('conflict', `The waiver is ${waiver.state} already; there is nothing to end.`);
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
      const now = clock.now();
      const fits = examineEnd(body, now);
      if (!fits.ok) return fits;
      const requestedBy = await personBehind(records, caller);
      const waiver: WaiverRecord = { id: `wvr-${clock.id()}`, projectId, ...body, state: 'requested', requestedBy, requestedAt: now };
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
      const decider = await personBehind(records, caller);
      return change(projectId, waiverId, (waiver) => decided(waiver, decider, body, clock.now()));
    },
    'waivers.withdraw': async ({ params: { projectId, waiverId }, caller }) =>
      change(projectId, waiverId, (waiver) => withdrawn(waiver, caller)),
  };
};
