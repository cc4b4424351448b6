import { failed, type Result, succeed } from '../core/failure.ts';
import type { PolicyHead, PolicyVersion } from '../fleet/gate-policy.ts';
import { builtInPolicies, builtInPolicy } from '../gate/policy/built-in/index.ts';
import { partitions } from '../records/index.ts';
import { isBuiltInPolicy } from '../workflows/evaluation-run/policy-for.ts';
import { withoutUsers } from './chosen-policy.ts';
import type { Call, HandlersOf, ServicePorts } from './handler.ts';
import { removeVersions } from './policy-removing.ts';
import { needDocument, storePolicy } from './policy-storing.ts';
import { tryPolicy } from './policy-trying.ts';
import { answered, needUnchanged } from './unchanged.ts';

const targetOf = (name: string): string => `policies/${name}`;
const builtInNames = Object.keys(builtInPolicies).filter(isBuiltInPolicy);

const builtInOverview = (name: (typeof builtInNames)[number]) => {
  const { description } = builtInPolicy(name).policy.metadata;
  return { name, builtIn: true, ...(description === undefined ? {} : { description }) };
};
const overviewOf = ({ projectId: _, ...head }: PolicyHead) => ({ ...head, builtIn: false });
const versionOf = ({ version, sha256, createdAt, createdBy }: PolicyVersion) => ({ version, sha256, createdAt, createdBy });

const notBuiltIn = (name: string): Result<void> =>
  isBuiltInPolicy(name)
    ? failed('conflict', `The policy "${name}" comes with Gatehouse and is never changed; store one of another name.`)
    : succeed(undefined);

const list = async ({ records }: ServicePorts, projectId: string) => {
  const stored = [];
  for await (const { value } of records.policies.all({ ...partitions.policies(projectId), limit: 1000 })) stored.push(overviewOf(value));
  return succeed({ body: { items: [...builtInNames.map(builtInOverview), ...stored] } });
};

const get = async ({ records }: ServicePorts, projectId: string, name: string) => {
  // never changed: it has one revision
  if (isBuiltInPolicy(name))
    return succeed({
      body: { ...builtInOverview(name), document: builtInPolicies[name], versions: [] },
      revision: 1,
      target: targetOf(name),
    });
  const head = await records.policies.need({ projectId, name });
  if (!head.ok) return head;
  const { value, revision } = head.value;
  const shown = value.active ?? value.latest;
  let document: string | undefined;
  const versions = [];
  for await (const { value: one } of records.policyVersions.all({ ...partitions.policyVersions(projectId, name), order: 'descending' })) {
    if (one.version === shown) document = one.document;
    versions.push(versionOf(one));
  }
  const body = { ...overviewOf(value), ...(document === undefined ? {} : { document }), versions };
  return succeed({ body, revision, target: targetOf(name) });
};

const activate = async (ports: ServicePorts, { params: { projectId, policyName: name }, body, ifMatch }: Call<'policies.activate'>) => {
  const { records, clock } = ports;
  const own = notBuiltIn(name);
  if (!own.ok) return own;
  const there = await needUnchanged(records.policies, { projectId, name }, ifMatch);
  if (!there.ok) return there;
  const version = await records.policyVersions.need({ projectId, name, version: body.version });
  if (!version.ok) return version;
  // it was good when it was stored; a newer Gatehouse may see it otherwise
  const compiled = needDocument(version.value.value.document);
  if (!compiled.ok) return failed('conflict', `Version ${body.version} cannot decide: ${compiled.failure.say}`);
  const replaced = await records.policies.replace(there.value, { ...there.value.value, active: body.version, changedAt: clock.now() });
  return replaced.ok ? answered(replaced.value, targetOf(name)) : replaced;
};

/** The head first: without it there is no policy, and versions that a crash leaves behind are overwritten by the next one of this name. */
const remove = async (ports: ServicePorts, { params: { projectId, policyName: name }, ifMatch }: Call<'policies.delete'>) => {
  const { records } = ports;
  const own = notBuiltIn(name);
  if (!own.ok) return own;
  const there = await needUnchanged(records.policies, { projectId, name }, ifMatch);
  if (!there.ok) return there;
  const unused = await withoutUsers(ports, projectId, name);
  if (!unused.ok) return unused;
  const removed = await records.policies.remove({ projectId, name }, there.value.revision);
  if (!removed.ok) return removed;
  await removeVersions(ports, projectId, name);
  return succeed({ body: undefined, target: targetOf(name) });
};

/** Policies of the upgrade gate: the built-in ones and those of a project. */
export const policiesHandlers = (ports: ServicePorts): HandlersOf<'policies'> => ({
  'policies.list': ({ params: { projectId } }) => list(ports, projectId),
  'policies.store': async (call) => {
    const stored = await storePolicy(ports, call);
    if (!stored.ok) return stored;
    const { name, version } = stored.value;
    const location = `/v1/projects/${call.params.projectId}/policies/${name}/versions/${version}`;
    return succeed({ body: stored.value, location, target: targetOf(name) });
  },
  'policies.get': ({ params: { projectId, policyName } }) => get(ports, projectId, policyName),
  'policies.getVersion': async ({ params: { projectId, policyName: name, version } }) => {
    const there = await ports.records.policyVersions.need({ projectId, name, version });
    return there.ok ? succeed({ body: there.value.value, target: targetOf(name) }) : there;
  },
  'policies.activate': (call) => activate(ports, call),
  'policies.test': (call) => tryPolicy(ports, call),
  'policies.delete': (call) => remove(ports, call),
});
