import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { isAllowed } from '../../gate/evaluation.ts';
import type { EvaluationRequest } from '../../gate/request.ts';
import { callbackOf, type OutgoingCall, type RawRequest, type Reading } from '../adapter.ts';
import { askedOf } from '../shared/asked.ts';
import { checkFrame, header, readJson } from '../shared/body.ts';
import { meaning, type PipelineRule } from '../shared/mapping.ts';
import { fresh, isRecent, isSecret, refused, sha256Hex, verifyStandard } from '../shared/sender.ts';
import { plainText } from '../shared/text.ts';
import { type Standing, standingAt } from '../standing.ts';
import { type GitLabConnection, gitlabCall, maxDescription, projectUrl } from './connection.ts';

// GitLab: approval of a deployment to a protected environment. A deployment webhook tells that one is blocked; approving runs nothing, the job is started after it.

/** How old a change of status may be that arrives with a secret token, in minutes. */
const tokenWindow = 60;

const id = z.int().positive();
const Payload = z.object({
  object_kind: z.literal('deployment'),
  status: z.string().max(32),
  status_changed_at: z.string().max(40),
  deployment_id: id,
  deployable_id: id.nullish(),
  environment: z.string().min(1).max(255),
  project: z.object({ id, path_with_namespace: z.string().min(1).max(256) }),
  short_sha: z.string().max(64).nullish(),
  ref: z.string().max(256).nullish(),
  user: z.object({ username: z.string().max(256) }).nullish(),
});
type Payload = z.infer<typeof Payload>;

/** `2026-11-28 09:30:00 +0100` and `… UTC`, as GitLab writes times in hooks, in ISO 8601. */
const isoOf = (text: string): string => {
  const [, date, time, sign, hours, minutes] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|([+-])(\d\d):?(\d\d))$/.exec(text) ?? [];
  return date === undefined ? text : `${date}T${time}${sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`}`;
};

/** Who sent it, and under which id it is remembered. */
const senderOf = (
  raw: RawRequest,
  { signingTokens, secretTokens }: GitLabConnection,
): Result<{ readonly id: string; readonly isSigned: boolean }> => {
  if (signingTokens.length > 0 && header(raw, 'webhook-signature') !== undefined) {
    const signed = verifyStandard(raw, signingTokens);
    return signed.ok ? succeed({ id: signed.value.id, isSigned: true }) : signed;
  }
  return isSecret(secretTokens, header(raw, 'x-gitlab-token'))
    ? succeed({ id: sha256Hex(raw.body), isSigned: false })
    : refused('The webhook shows neither a good signature nor a known secret token; give it the signing token that is configured here.');
};

const requestOf = (payload: Payload, connection: GitLabConnection, rules: readonly PipelineRule[]): Result<EvaluationRequest> => {
  const { project, environment, deployment_id, deployable_id, short_sha, ref, user } = payload;
  const [projectId, deploymentId] = [String(project.id), String(deployment_id)];
  const meant = meaning(rules, { system: 'gitlab', from: projectId, environment });
  if (!meant.ok) return meant;
  return succeed({
    ...meant.value,
    idempotencyKey: `gitlab-deployment-${projectId}-${deploymentId}`,
    source: {
      system: 'gitlab',
      repository: project.path_with_namespace,
      repositoryId: projectId,
      environment,
      run: deploymentId,
      ...(short_sha ? { sha: short_sha } : {}),
      ...(ref ? { ref } : {}),
      ...(user?.username ? { actor: user.username } : {}),
    },
    callback: {
      type: 'gitlab-deployment',
      connection: connection.connection,
      projectId,
      deploymentId,
      playId: deployable_id ? String(deployable_id) : null,
    },
  });
};

/** Reads a deployment hook. */
export const readDeploymentApproval = (raw: RawRequest, connection: GitLabConnection, rules: readonly PipelineRule[]): Reading => {
  const frame = checkFrame(raw);
  if (!frame.ok) return frame;
  const sender = senderOf(raw, connection);
  if (!sender.ok) return sender;
  if (header(raw, 'x-gitlab-event') !== 'Deployment Hook')
    return succeed({ kind: 'ignored', because: 'Only deployment hooks ask the gate.' });
  const payload = readJson(raw.body, Payload, 'The deployment hook');
  if (!payload.ok) return payload;
  if (payload.value.status !== 'blocked') return succeed({ kind: 'ignored', because: 'Only a blocked deployment waits for an approval.' });
  if (!sender.value.isSigned && !isRecent(isoOf(payload.value.status_changed_at), raw.now, tokenWindow))
    return failed('credential-refused', `The change of status is more than ${tokenWindow} minutes old, or later than now; send it anew.`);
  const once = fresh(raw, [`gitlab:${sender.value.id}`], 2 * tokenWindow);
  if (!once.ok) return once;
  const request = requestOf(payload.value, connection, rules);
  return request.ok ? askedOf(request.value, once.value) : request;
};

/** The calls that approve and start the job, or reject. Nothing while pending. */
export const answerDeploymentApproval = (
  evaluation: Standing,
  request: EvaluationRequest,
  connection: GitLabConnection,
  { now, representedAs }: { readonly now: string; readonly representedAs?: string },
): readonly OutgoingCall[] => {
  const { connection: name, projectId, deploymentId, playId } = callbackOf(request, 'gitlab-deployment');
  if (name !== connection.connection) throw new Error('the callback belongs to another GitLab');
  const standing = standingAt(evaluation, now);
  if (standing.verdict === 'pending') return [];
  const isApproved = isAllowed(standing.verdict);
  const body = {
    status: isApproved ? 'approved' : 'rejected',
    comment: plainText(standing, maxDescription),
    ...(representedAs === undefined ? {} : { represented_as: representedAs }),
  };
  const approval = gitlabCall(
    connection,
    projectUrl(connection, projectId, `deployments/${deploymentId}/approval`),
    body,
    [200, 201],
    [400, 404],
  );
  const play =
    playId === null ? [] : [gitlabCall(connection, projectUrl(connection, projectId, `jobs/${playId}/play`), {}, [200, 201], [400, 404])];
  return isApproved ? [approval, ...play] : [approval];
};
