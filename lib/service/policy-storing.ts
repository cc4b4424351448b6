import type { AnswerOf } from '../api/index.ts';
import { type Failure, failed, type Result, succeed } from '../core/failure.ts';
import type { PolicyHead, PolicyVersion } from '../fleet/gate-policy.ts';
import { fitsOneMore } from '../fleet/limits.ts';
import { type CompiledPolicy, compilePolicy } from '../gate/policy/compile.ts';
import { parsePolicy } from '../gate/policy/parse.ts';
import { isBuiltInPolicy } from '../workflows/evaluation-run/policy-for.ts';
import type { Call, ServicePorts } from './handler.ts';
import { withinPolicyLimit } from './limits.ts';

/** A record holds so much and no more. */
const mostBytes = 128 * 1024;

/** What is wrong with a document, as an answer says it: the first thing in its sentence, everything in its errors. */
const refused = (failure: Failure) => {
  const [first] = failure.errors ?? [];
  const number = failure.errors?.length ?? 0;
  if (!first) return { ok: false, failure } as const;
  const more = number > 1 ? ` (${number} mistakes; this is the first)` : '';
  return {
    ok: false,
    failure: {
      ...failure,
      say: `The policy is not valid${more}: ${first.at}: ${first.message}`,
      errors: failure.errors?.map(({ at, message }) => ({ at: '/document', message: `${at}: ${message}` })) ?? [],
    },
  } as const;
};

/** A document that could decide, ready. */
export const needDocument = (document: string): Result<CompiledPolicy> => {
  if (Buffer.byteLength(document) > mostBytes)
    return failed('input-invalid', `The document is larger than ${mostBytes / 1024} KiB; split it up.`);
  const parsed = parsePolicy(document);
  if (!parsed.ok) return refused(parsed.failure);
  return compilePolicy(parsed.value);
};

type Stored = Result<AnswerOf<'policies.store'>>;

const versionLeft = ({ latest }: PolicyHead): Result<void> =>
  fitsOneMore('versionsPerPolicy', latest).ok
    ? succeed(undefined)
    : failed('conflict', `There are ${latest} versions of this policy already, and that is the limit; store it under another name.`);

/** Keeps a version under a number that nobody else has. */
const keepVersion = async ({ records }: ServicePorts, version: PolicyVersion): Promise<Stored> => {
  const { document: _, ...rest } = version;
  // one that a deleted policy of this name left behind is in the way of nobody
  const left = await records.policyVersions.get(rest);
  const kept = left ? await records.policyVersions.replace(left, version) : await records.policyVersions.create(version);
  return kept.ok ? succeed({ ...rest, isNew: true }) : kept;
};

/** Tries of somebody who stores at the same moment as others. */
const raceTries = 8;

/** Stores a document as the next version of its name, unless it is the newest one already. Whoever changes the head to a number owns it, so no two versions are one. */
export const storePolicy = async (
  ports: ServicePorts,
  { params: { projectId }, body: { document }, caller }: Call<'policies.store'>,
): Promise<Stored> => {
  const { records, clock } = ports;
  const compiled = needDocument(document);
  if (!compiled.ok) return compiled;
  const { policy, sha256 } = compiled.value;
  const { name } = policy.metadata;
  if (isBuiltInPolicy(name))
    return failed('input-invalid', `"${name}" is the name of a policy that comes with Gatehouse; choose another \`metadata.name\`.`);
  for (let tries = 0; tries < raceTries; tries++) {
    const head = await records.policies.get({ projectId, name });
    const newest = head && (await records.policyVersions.get({ projectId, name, version: head.value.latest }));
    if (newest?.value.document === document) {
      const { document: _, ...rest } = newest.value;
      return succeed({ ...rest, isNew: false });
    }
    const room = head ? versionLeft(head.value) : await withinPolicyLimit(ports, projectId);
    if (!room.ok) return room;
    const version = (head?.value.latest ?? 0) + 1;
    const createdAt = clock.now();
    const taken = head
      ? await records.policies.replace(head, { ...head.value, latest: version, changedAt: createdAt })
      : await records.policies.create({ projectId, name, latest: version, createdAt, changedAt: createdAt });
    if (taken.ok) return keepVersion(ports, { projectId, name, version, sha256, document, createdAt, createdBy: caller.actor });
    if (taken.failure.code !== 'conflict') return taken;
  }
  return failed('conflict', 'The policy is being changed by others all the time; try again.');
};
