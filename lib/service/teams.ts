import { failed, type Result, succeed } from '../core/failure.ts';
import type { Team } from '../fleet/people.ts';
import { partitions } from '../records/index.ts';
import { mayAssign, mayHandOn, noAssignments } from './assigning.ts';
import type { Grants, HandlersOf, ServicePorts } from './handler.ts';
import { keepingAnAdmin } from './last-admin.ts';
import { withinLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { createNamed, type NamedEntities, removeNamed, replaceNamed } from './named.ts';
import { answered, given, needUnchanged } from './unchanged.ts';

type People = Pick<Team, 'members' | 'groups' | 'assignments'>;
const nobody: People = { members: [], groups: [], assignments: noAssignments };
const targetOf = (id: string): string => `teams/${id}`;

/** Entries of a list that another list does not have. */
const newIn = (before: readonly string[], after: readonly string[]): string[] => after.filter((entry) => !before.includes(entry));

/** Whether the caller may make the team so: who comes in gets all its roles, and a new role goes to all who are in. */
const mayBecome = async ({ records }: ServicePorts, grants: Grants, before: People, after: People): Promise<Result<void>> => {
  const newMembers = newIn(before.members, after.members);
  for (const id of newMembers)
    if (!(await records.users.get(id))) return failed('input-invalid', `There is no user "${id}"; list the users for their ids.`);
  const assigned = await mayAssign(records, grants, before.assignments, after.assignments);
  if (!assigned.ok) return assigned;
  const letsIn = newMembers.length + newIn(before.groups, after.groups).length > 0;
  return letsIn ? mayHandOn(records, grants, after.assignments) : succeed(undefined);
};

export const teamsHandlers = (ports: ServicePorts): HandlersOf<'teams'> => {
  const { records, clock } = ports;
  const entities: NamedEntities<Team> = { names: records.names, scope: 'teams', entities: records.teams };
  const whileItIs = (id: string, instead: Team | undefined) => ({ team: (team: Team) => (team.id === id ? instead : team) });
  return {
    'teams.list': async ({ query }) => {
      const page = await listKept(records.teams, { ...partitions.teams, ...query });
      return page.ok ? succeed({ body: page.value }) : page;
    },
    'teams.create': async ({ body, caller }) => {
      const isWithin = await withinLimit(ports, 'teams');
      if (!isWithin.ok) return isWithin;
      const may = await mayBecome(ports, caller.grants, nobody, body);
      if (!may.ok) return may;
      const team: Team = { id: `tem-${clock.id()}`, ...body, createdAt: clock.now() };
      const created = await createNamed(entities, team);
      if (!created.ok) return created;
      return succeed({ body: team, revision: created.value.revision, location: `/v1/teams/${team.id}`, target: targetOf(team.id) });
    },
    'teams.get': async ({ params: { teamId } }) => {
      const there = await records.teams.need(teamId);
      return there.ok ? answered(there.value, targetOf(teamId)) : there;
    },
    'teams.update': async ({ params: { teamId }, body, caller, ifMatch }) => {
      const there = await needUnchanged(records.teams, teamId, ifMatch);
      if (!there.ok) return there;
      const old = there.value;
      const team: Team = { ...old.value, ...given(body) };
      const may = await mayBecome(ports, caller.grants, old.value, team);
      if (!may.ok) return may;
      const replaced = await keepingAnAdmin(
        records,
        whileItIs(teamId, team),
        () => replaceNamed(entities, old, team),
        (written) => replaceNamed(entities, written, old.value),
      );
      return replaced.ok ? answered(replaced.value, targetOf(teamId)) : replaced;
    },
    'teams.delete': async ({ params: { teamId }, ifMatch }) => {
      const there = await needUnchanged(records.teams, teamId, ifMatch);
      if (!there.ok) return there;
      const removed = await keepingAnAdmin(
        records,
        whileItIs(teamId, undefined),
        () => removeNamed(entities, there.value),
        () => createNamed(entities, there.value.value),
      );
      return removed.ok ? succeed({ body: undefined, target: targetOf(teamId) }) : removed;
    },
  };
};
