import { z } from 'zod';
import { failed, succeed } from '../../core/failure.ts';
import { isAllowed } from '../../gate/evaluation.ts';
import type { EvaluationRequest } from '../../gate/request.ts';
import { callbackOf, type OutgoingCall, type RawRequest, type Reading } from '../adapter.ts';
import { askedOf } from '../shared/asked.ts';
import { checkFrame, header, readJson } from '../shared/body.ts';
import { meaning, type PipelineRule } from '../shared/mapping.ts';
import { askWindow, isSignedHex, refused } from '../shared/sender.ts';
import { type Standing, standingAt } from '../standing.ts';
import { type GitLabConnection, gitlabCall, projectUrl } from './connection.ts';

// GitLab: external status check of a merge request. GitLab calls when it changes, and takes pending for failed after two minutes.

/** GitLab takes a check for failed when it was pending for longer. */
const pendingMinutes = 2;

const id = z.int().positive();
const Payload = z.object({
  object_kind: z.literal('merge_request'),
  user: z.object({ username: z.string().max(256) }).nullish(),
  project: z.object({ id, path_with_namespace: z.string().min(1).max(256) }),
  object_attributes: z.object({
    iid: id,
    target_project_id: id,
    state: z.string().max(32),
    source_branch: z.string().max(256),
    last_commit: z.object({ id: z.string().regex(/^[0-9a-f]{40,64}$/) }),
  }),
  labels: z
    .array(z.object({ title: z.string().max(256) }))
    .max(1000)
    .nullish(),
  external_approval_rule: z.object({ id, name: z.string().min(1).max(256) }),
});
type Payload = z.infer<typeof Payload>;

/** A scoped label such as `kubernetes::v1.36.3` names the version. */
const labelPrefix = 'kubernetes::';
const targetIn = ({ labels }: Payload): string | undefined =>
  labels?.find(({ title }) => title.startsWith(labelPrefix))?.title.slice(labelPrefix.length);

/** Reads the call of a status check. It has no delivery id: the commit and a short window of time make repeating harmless, and the Retry button work. */
export const readStatusCheck = (raw: RawRequest, connection: GitLabConnection, rules: readonly PipelineRule[]): Reading => {
  const frame = checkFrame(raw);
  if (!frame.ok) return frame;
  if (!isSignedHex(connection.statusCheckSecrets, raw.body, header(raw, 'x-gitlab-signature')))
    return refused('The signature does not fit the body; give the status check the shared secret that is configured here.');
  const payload = readJson(raw.body, Payload, 'The call of the status check');
  if (!payload.ok) return payload;
  const { project, object_attributes: merge, external_approval_rule: check, user } = payload.value;
  if (merge.target_project_id !== project.id)
    return failed('input-invalid', 'The merge request leads to another project than the one that calls.');
  if (merge.state !== 'opened') return succeed({ kind: 'ignored', because: 'The merge request is not open.' });
  const projectId = String(project.id);
  const meant = meaning(rules, { system: 'gitlab', from: projectId, environment: check.name, target: targetIn(payload.value) });
  if (!meant.ok) return meant;
  const sha = merge.last_commit.id;
  const request: EvaluationRequest = {
    ...meant.value,
    idempotencyKey: `gitlab-check-${projectId}-${merge.iid}-${check.id}-${sha}-${askWindow(raw.now, pendingMinutes)}`,
    source: {
      system: 'gitlab',
      repository: project.path_with_namespace,
      repositoryId: projectId,
      environment: check.name,
      run: `!${merge.iid}`,
      sha,
      ...(merge.source_branch === '' ? {} : { ref: merge.source_branch }),
      ...(user?.username ? { actor: user.username } : {}),
    },
    callback: {
      type: 'gitlab-status',
      connection: connection.connection,
      projectId,
      mergeRequest: String(merge.iid),
      checkId: String(check.id),
      sha,
    },
  };
  return askedOf(request, null);
};

/** The call that sets the status. 409: the merge request has a newer commit, which asks for itself. */
export const answerStatusCheck = (
  evaluation: Standing,
  request: EvaluationRequest,
  connection: GitLabConnection,
  { now }: { readonly now: string },
): readonly OutgoingCall[] => {
  const { connection: name, projectId, mergeRequest, checkId, sha } = callbackOf(request, 'gitlab-status');
  if (name !== connection.connection) throw new Error('the callback belongs to another GitLab');
  const { verdict } = standingAt(evaluation, now);
  const status = verdict === 'pending' ? 'pending' : isAllowed(verdict) ? 'passed' : 'failed';
  const url = projectUrl(connection, projectId, `merge_requests/${mergeRequest}/status_check_responses`);
  return [gitlabCall(connection, url, { sha, external_status_check_id: Number(checkId), status }, [200, 201], [409])];
};
