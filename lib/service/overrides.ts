import { type Result, succeed } from '../core/failure.ts';
import { timeOf } from '../core/time.ts';
import type { OverrideRecord } from '../fleet/override-record.ts';
import { askOverride, decideOverride, withdrawOverride } from '../fleet/override-rules.ts';
import type { Clock } from '../ports/clock.ts';
import { partitions } from '../records/index.ts';
import { actingOf } from './acting.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';
import { withinOverrideLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { needActive } from './registered.ts';
import { answered } from './unchanged.ts';

const targetOf = (id: string): string => `overrides/${id}`;

/** The second in hex, then hex: sorts by time. */
const overrideIdOf = (clock: Clock): string =>
  `ovr-${Math.floor(timeOf(clock.now()) / 1000)
    .toString(16)
    .padStart(8, '0')}${clock.id().slice(0, 16)}`;

/** Requests to let an upgrade through a denial of the gate, and what came of them. */
export const overridesHandlers = (ports: ServicePorts): HandlersOf<'overrides'> => {
  const { records, clock } = ports;
  /** Somebody who is faster makes it decide again. */
  const change = async (projectId: string, id: string, decide: (override: OverrideRecord) => Result<OverrideRecord>) => {
    const changed = await records.overrides.update({ projectId, id }, decide);
    return changed.ok ? answered(changed.value, targetOf(id)) : changed;
  };
  return {
    'overrides.list': async ({ params: { projectId }, query: { state, ...query } }) => {
      const isWanted = (override: OverrideRecord) => state === undefined || state.includes(override.state);
      const page = await listKept(records.overrides, { ...partitions.overrides(projectId), order: 'descending', ...query }, isWanted);
      return page.ok ? succeed({ body: page.value }) : page;
    },
    'overrides.request': async ({ params: { projectId }, body, caller }) => {
      const cluster = await needActive(ports, { projectId, clusterId: body.clusterId });
      if (!cluster.ok) return cluster;
      const by = await actingOf(records, caller);
      const asked = askOverride(body, { id: overrideIdOf(clock), cluster: cluster.value, by, now: clock.now() });
      if (!asked.ok) return asked;
      const isWithin = await withinOverrideLimit(ports, projectId);
      if (!isWithin.ok) return isWithin;
      const override = asked.value;
      const created = await records.overrides.create(override);
      if (!created.ok) return created;
      const location = `/v1/projects/${projectId}/overrides/${override.id}`;
      return succeed({ body: override, revision: created.value.revision, location, target: targetOf(override.id) });
    },
    'overrides.get': async ({ params: { projectId, overrideId } }) => {
      const there = await records.overrides.need({ projectId, id: overrideId });
      return there.ok ? answered(there.value, targetOf(overrideId)) : there;
    },
    'overrides.decide': async ({ params: { projectId, overrideId }, body, caller }) => {
      const by = await actingOf(records, caller);
      return change(projectId, overrideId, (override) => decideOverride(override, { ...body, by, now: clock.now() }));
    },
    'overrides.withdraw': async ({ params: { projectId, overrideId }, caller }) => {
      const by = { ...(await actingOf(records, caller)), mayApprove: caller.grants.may('upgrade.approve', projectId) };
      return change(projectId, overrideId, (override) => withdrawOverride(override, by, clock.now()));
    },
  };
};
