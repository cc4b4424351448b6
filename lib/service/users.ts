import { failed, type Result, succeed } from '../core/failure.ts';
import type { User } from '../fleet/people.ts';
import { userIdOf } from '../fleet/user-id.ts';
import { partitions, type Records, type Versioned } from '../records/index.ts';
import { mayAssign, noAssignments } from './assigning.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';
import { keepingAnAdmin } from './last-admin.ts';
import { withinLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { answered, given, needUnchanged } from './unchanged.ts';

const targetOf = (id: string): string => `users/${id}`;

/** Takes a person out of all teams; answers which. The id follows from the identity: without this, whoever signs in again would be in them still. */
const leaveTeams = async (records: Records, userId: string): Promise<Result<string[]>> => {
  const teams: string[] = [];
  for await (const { value } of records.teams.all(partitions.teams)) {
    if (!value.members.includes(userId)) continue;
    const left = await records.teams.update(value.id, (team) =>
      succeed(team.members.includes(userId) ? { ...team, members: team.members.filter((id) => id !== userId) } : team),
    );
    if (left.ok) teams.push(value.id);
    else if (left.failure.code !== 'not-found') return left;
  }
  return succeed(teams);
};
const rejoinTeams = async (records: Records, userId: string, teams: readonly string[]): Promise<void> => {
  for (const id of teams)
    await records.teams.update(id, (team) =>
      succeed(team.members.includes(userId) ? team : { ...team, members: [...team.members, userId] }),
    );
};

const removeTokens = async (records: Records, userId: string): Promise<Result<void>> => {
  for await (const { value } of records.tokens.all(partitions.tokens)) {
    const removed = value.owner.id === userId ? await records.tokens.remove(value.id) : succeed(undefined);
    if (!removed.ok) return removed;
  }
  return succeed(undefined);
};

/** The user goes last: a removal that was interrupted can be asked for again. Answers the teams that were left. */
const remove = async (records: Records, { value: { id }, revision }: Versioned<User>): Promise<Result<string[]>> => {
  const teams = await leaveTeams(records, id);
  if (!teams.ok) return teams;
  const cleared = await removeTokens(records, id);
  if (!cleared.ok) return cleared;
  const removed = await records.users.remove(id, revision);
  return removed.ok ? teams : removed;
};

export const usersHandlers = (ports: ServicePorts): HandlersOf<'users'> => {
  const { records, clock } = ports;
  const whileItIs = (id: string, instead: User | undefined) => ({ user: (user: User) => (user.id === id ? instead : user) });
  return {
    'users.list': async ({ query }) => {
      const page = await listKept(records.users, { ...partitions.users, ...query });
      return page.ok ? succeed({ body: page.value }) : page;
    },
    'users.create': async ({ body, caller }) => {
      const isWithin = await withinLimit(ports, 'users');
      if (!isWithin.ok) return isWithin;
      const may = await mayAssign(records, caller.grants, noAssignments, body.assignments);
      if (!may.ok) return may;
      const user: User = { id: userIdOf(body.issuer, body.subject), ...body, createdAt: clock.now() };
      const created = await records.users.create(user);
      if (!created.ok)
        return created.failure.code === 'conflict'
          ? failed('conflict', 'There is a user with this identity already; change that one instead.')
          : created;
      return succeed({ body: user, revision: created.value.revision, location: `/v1/users/${user.id}`, target: targetOf(user.id) });
    },
    'users.get': async ({ params: { userId } }) => {
      const there = await records.users.need(userId);
      return there.ok ? answered(there.value, targetOf(userId)) : there;
    },
    'users.update': async ({ params: { userId }, body, caller, ifMatch }) => {
      const there = await needUnchanged(records.users, userId, ifMatch);
      if (!there.ok) return there;
      const old = there.value;
      const user: User = { ...old.value, ...given(body) };
      const may = await mayAssign(records, caller.grants, old.value.assignments, user.assignments);
      if (!may.ok) return may;
      const replaced = await keepingAnAdmin(
        records,
        whileItIs(userId, user),
        () => records.users.replace(old, user),
        (written) => records.users.replace(written, old.value),
      );
      return replaced.ok ? answered(replaced.value, targetOf(userId)) : replaced;
    },
    'users.delete': async ({ params: { userId }, ifMatch }) => {
      const there = await needUnchanged(records.users, userId, ifMatch);
      if (!there.ok) return there;
      const removed = await keepingAnAdmin(
        records,
        whileItIs(userId, undefined),
        () => remove(records, there.value),
        async (teams) => {
          await records.users.create(there.value.value);
          await rejoinTeams(records, userId, teams);
        },
      );
      return removed.ok ? succeed({ body: undefined, target: targetOf(userId) }) : removed;
    },
  };
};
