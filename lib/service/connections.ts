import { type Result, succeed } from '../core/failure.ts';
import { type Connection, type ConnectionSettings, connectionSecret } from '../fleet/connection.ts';
import { addressesOf, examineChange, examineRules, hookPath, needsCredential } from '../fleet/connection-rules.ts';
import { partitions, type Versioned } from '../records/index.ts';
import { endOld, examineCredential, replaceSecret, secretFor } from './connection-secrets.ts';
import type { Call, HandlersOf, ServicePorts } from './handler.ts';
import { withinConnectionLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { createNamed, type NamedEntities, removeNamed, replaceNamed } from './named.ts';
import { given, needUnchanged } from './unchanged.ts';

type ConnectionHandlers = Pick<HandlersOf<'pipelines'>, Extract<keyof HandlersOf<'pipelines'>, `${string}Connection${string}`>> &
  Pick<HandlersOf<'pipelines'>, 'pipelines.replaceSecret' | 'pipelines.endOldSecret' | 'pipelines.setCredential'>;

const targetOf = (id: string): string => `connections/${id}`;
const viewOf = (connection: Connection) => ({ ...connection, hook: hookPath(connection) });
const answered = ({ value, revision }: Versioned<Connection>) => succeed({ body: viewOf(value), revision, target: targetOf(value.id) });

/** The connections of one project, whose names are unique there. */
const entitiesOf = ({ records: { names, connections } }: ServicePorts, projectId: string): NamedEntities<Connection> => ({
  names,
  scope: `connections/${projectId}`,
  entities: {
    ...connections,
    get: (id) => connections.get({ projectId, id }),
    need: (id) => connections.need({ projectId, id }),
    update: (id, change) => connections.update({ projectId, id }, change),
    remove: (id, revision) => connections.remove({ projectId, id }, revision),
  },
});

/** Whether answers may go where the settings say, as things are now. */
const examineAddresses = async ({ webhooks }: ServicePorts, settings: ConnectionSettings): Promise<Result<void>> => {
  for (const address of addressesOf(settings)) {
    const mayBe = await webhooks.examine(address);
    if (!mayBe.ok) return mayBe;
  }
  return succeed(undefined);
};

const examine = async (ports: ServicePorts, connection: Pick<Connection, 'settings' | 'rules'>): Promise<Result<void>> => {
  const rules = examineRules(connection);
  return rules.ok ? examineAddresses(ports, connection.settings) : rules;
};

const forgetSecrets = async ({ secrets }: ServicePorts, { id, settings }: Connection): Promise<Result<void>> => {
  const shared = await secrets.remove(connectionSecret(id, 'secret'));
  return shared.ok && needsCredential(settings) ? secrets.remove(connectionSecret(id, 'credential')) : shared;
};

/** The record first: without it nobody may ask, and secrets that a crash leaves behind open nothing. */
const remove = async (ports: ServicePorts, there: Versioned<Connection>): Promise<Result<void>> => {
  const { id, projectId } = there.value;
  const removed = await removeNamed(entitiesOf(ports, projectId), there);
  if (!removed.ok) return removed;
  await ports.records.connectionRefs.remove(id);
  return forgetSecrets(ports, there.value);
};

/** Ends all connections of a project. */
export const removeConnectionsOf = async (ports: ServicePorts, projectId: string): Promise<void> => {
  for await (const there of ports.records.connections.all(partitions.connections(projectId))) await remove(ports, there);
};

const keepSecrets = async (ports: ServicePorts, id: string, secret: string, credential: string | undefined): Promise<Result<void>> => {
  const kept = await ports.secrets.put(connectionSecret(id, 'secret'), secret);
  return !kept.ok || credential === undefined ? kept : ports.secrets.put(connectionSecret(id, 'credential'), credential);
};

const create = async (ports: ServicePorts, { params: { projectId }, body }: Call<'pipelines.createConnection'>) => {
  const { secret: wanted, credential, ...asked } = body;
  const isWithin = await withinConnectionLimit(ports, projectId);
  if (!isWithin.ok) return isWithin;
  const mayBe = await examine(ports, asked);
  if (!mayBe.ok) return mayBe;
  const isCredential = examineCredential(asked.settings, credential);
  if (!isCredential.ok) return isCredential;
  const secret = secretFor(ports, asked.settings, wanted);
  if (!secret.ok) return secret;
  const { clock, records } = ports;
  const connection: Connection = {
    id: `con-${clock.id()}`,
    projectId,
    ...asked,
    hasCredential: credential !== undefined,
    createdAt: clock.now(),
  };
  // the connection itself last: before it is there, nobody may ask
  const known = await records.connectionRefs.create({ id: connection.id, projectId });
  const kept = known.ok ? await keepSecrets(ports, connection.id, secret.value, credential) : known;
  const created = kept.ok ? await createNamed(entitiesOf(ports, projectId), connection) : kept;
  if (!created.ok) {
    await records.connectionRefs.remove(connection.id);
    await forgetSecrets(ports, connection);
    return created;
  }
  const location = `/v1/projects/${projectId}/connections/${connection.id}`;
  return succeed({
    body: { ...viewOf(connection), secret: secret.value },
    revision: created.value.revision,
    location,
    target: targetOf(connection.id),
  });
};

const update = async (ports: ServicePorts, call: Call<'pipelines.updateConnection'>) => {
  const { params, body, ifMatch } = call;
  const entities = entitiesOf(ports, params.projectId);
  const there = await needUnchanged(entities.entities, params.connectionId, ifMatch);
  if (!there.ok) return there;
  const before = there.value.value;
  const after: Connection = { ...before, ...given(body) };
  const isSame = examineChange(before.settings, after.settings);
  if (!isSame.ok) return isSame;
  const mayBe = body.settings === undefined && body.rules === undefined ? isSame : await examine(ports, after);
  if (!mayBe.ok) return mayBe;
  const replaced = await replaceNamed(entities, there.value, after);
  return replaced.ok ? answered(replaced.value) : replaced;
};

const setCredential = async (ports: ServicePorts, call: Call<'pipelines.setCredential'>) => {
  const { projectId, connectionId: id } = call.params;
  const { credential } = call.body;
  const there = await ports.records.connections.need({ projectId, id });
  if (!there.ok) return there;
  const isGood = examineCredential(there.value.value.settings, credential);
  if (!isGood.ok) return isGood;
  const kept = await ports.secrets.put(connectionSecret(id, 'credential'), credential);
  if (!kept.ok) return kept;
  const marked = await ports.records.connections.update({ projectId, id }, (connection) => succeed({ ...connection, hasCredential: true }));
  // deleted meanwhile: what was just stored is nobody's
  if (!marked.ok && marked.failure.code === 'not-found') await ports.secrets.remove(connectionSecret(id, 'credential'));
  return marked.ok ? answered(marked.value) : marked;
};

export const connectionHandlers = (ports: ServicePorts): ConnectionHandlers => {
  const { records } = ports;
  return {
    'pipelines.listConnections': async ({ params: { projectId }, query }) => {
      const page = await listKept(records.connections, { ...partitions.connections(projectId), ...query });
      return page.ok ? succeed({ body: { ...page.value, items: page.value.items.map(viewOf) } }) : page;
    },
    'pipelines.createConnection': (call) => create(ports, call),
    'pipelines.getConnection': async ({ params: { projectId, connectionId } }) => {
      const there = await records.connections.need({ projectId, id: connectionId });
      return there.ok ? answered(there.value) : there;
    },
    'pipelines.updateConnection': (call) => update(ports, call),
    'pipelines.deleteConnection': async ({ params: { projectId, connectionId }, ifMatch }) => {
      const there = await needUnchanged(records.connections, { projectId, id: connectionId }, ifMatch);
      if (!there.ok) return there;
      const removed = await remove(ports, there.value);
      return removed.ok ? succeed({ body: undefined, target: targetOf(connectionId) }) : removed;
    },
    'pipelines.replaceSecret': async ({ params: { projectId, connectionId }, body }) => {
      const replaced = await replaceSecret(ports, { projectId, id: connectionId }, body.secret);
      if (!replaced.ok) return replaced;
      const { connection, secret } = replaced.value;
      return succeed({ body: { ...viewOf(connection.value), secret }, revision: connection.revision, target: targetOf(connectionId) });
    },
    'pipelines.endOldSecret': async ({ params: { projectId, connectionId } }) => {
      const ended = await endOld(ports, { projectId, id: connectionId });
      return ended.ok ? answered(ended.value) : ended;
    },
    'pipelines.setCredential': (call) => setCredential(ports, call),
  };
};
