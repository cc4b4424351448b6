import { describe, expect, it } from 'vitest';
import {
  askedBy,
  check,
  evaluationOf,
  failureOf,
  genuine,
  gitlab,
  now,
  recorded,
  requestOf,
  sampleOf,
} from '../../../test/support/pipelines.ts';
import { answerDeploymentApproval } from './deployment-approval.ts';
import { answerStatusCheck } from './status-check.ts';

describe('status check', () => {
  const sample = sampleOf('GitLab status check');
  const payload = recorded(sample.payload);
  const { request } = askedBy(sample.read(genuine(sample)));
  const merge = payload.object_attributes as object;
  const read = (changes: object) => sample.read(requestOf(sample, { ...payload, ...changes }));

  it.each([
    ['allow', 'passed'],
    ['warn', 'passed'],
    ['deny', 'failed'],
    ['error', 'failed'],
    ['pending', 'pending'],
  ] as const)('%s is %s', (verdict, status) => {
    const [call, ...more] = answerStatusCheck(evaluationOf(verdict), request, gitlab, { now });
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      url: 'https://gitlab.example.com/api/v4/projects/3141/merge_requests/12/status_check_responses',
      authorization: { kind: 'stored-token', connection: 'gitlab', header: 'private-token' },
      settled: [409],
    });
    expect(JSON.parse(call?.body ?? '')).toEqual({ sha: '9d8c7b6a5f4e3d2c1b0a9f8e7d6c5b4a3f2e1d0c', external_status_check_id: 8, status });
  });
  it('calls the configured host, whatever addresses the payload brings', () => {
    const foreign = JSON.parse(
      JSON.stringify(payload).replaceAll('gitlab.example.com', 'evil.example').replaceAll('gate.example.com', 'evil.example'),
    );
    const { request: asked } = askedBy(sample.read(requestOf(sample, foreign)));
    expect(JSON.stringify([asked, answerStatusCheck(evaluationOf('allow'), asked, gitlab, { now })])).not.toContain('evil.example');
  });
  it('takes the version from a scoped label', () => {
    expect(failureOf(read({ labels: [] }))).toBe('input-invalid');
    expect(failureOf(read({ labels: [{ title: 'kubernetes::newest' }] }))).toBe('input-invalid');
  });
  it('ignores what is closed, and refuses what leads elsewhere', () => {
    expect(read({ object_attributes: { ...merge, state: 'merged' } })).toMatchObject({ value: { kind: 'ignored' } });
    expect(failureOf(read({ object_attributes: { ...merge, target_project_id: 1 } }))).toBe('input-invalid');
  });
  it('asks anew for another commit', () => {
    const other = askedBy(read({ object_attributes: { ...merge, last_commit: { id: 'a'.repeat(40) } } })).request;
    expect(other.idempotencyKey).not.toBe(request.idempotencyKey);
  });
});

describe('deployment approval', () => {
  const sample = sampleOf('GitLab deployment approval');
  const payload = recorded(sample.payload);
  const { request } = askedBy(sample.read(genuine(sample)));
  const answer = (verdict: Parameters<typeof evaluationOf>[0], more = {}) =>
    answerDeploymentApproval(evaluationOf(verdict, more), request, gitlab, { now, representedAs: 'gate' });

  it('approves, then starts the job: approving alone runs nothing', () => {
    const calls = answer('allow');
    expect(calls.map(({ url }) => url)).toEqual([
      'https://gitlab.example.com/api/v4/projects/3141/deployments/615/approval',
      'https://gitlab.example.com/api/v4/projects/3141/jobs/7960/play',
    ]);
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ status: 'approved', comment: 'The verdict is allow.', represented_as: 'gate' });
  });
  it.each(['deny', 'error'] as const)('rejects on %s and starts nothing', (verdict) => {
    const calls = answer(verdict);
    expect(calls).toHaveLength(1);
    expect(JSON.parse(calls[0]?.body ?? '').status).toBe('rejected');
  });
  it('says nothing while pending', () => {
    expect(answer('pending')).toEqual([]);
  });
  it('keeps the comment within 255 characters', () => {
    const checks = Array.from({ length: 60 }, (_, at) => check(`drain.check-${at}`));
    const { comment } = JSON.parse(answer('deny', { checks })[0]?.body ?? '');
    expect(comment.length).toBeLessThanOrEqual(255);
    expect(comment).toContain('drain.check-0');
  });
  it('starts nothing where no job of GitLab deploys', () => {
    const asked = askedBy(sample.read(requestOf(sample, { ...payload, deployable_id: null }))).request;
    expect(answerDeploymentApproval(evaluationOf('allow'), asked, gitlab, { now })).toHaveLength(1);
  });
  it.each(['created', 'running', 'success', 'failed', 'canceled', 'approved', 'rejected'])('ignores a deployment that is %s', (status) => {
    expect(sample.read(requestOf(sample, { ...payload, status }))).toMatchObject({ ok: true, value: { kind: 'ignored' } });
  });

  describe('with a secret token, which signs nothing', () => {
    const headers = {
      'content-type': 'application/json',
      'x-gitlab-event': 'Deployment Hook',
      'x-gitlab-token': 'gitlab-token-secret-0123456789',
    };
    const plain = { ...genuine(sample), headers };
    it('asks, once', () => {
      const { delivery } = askedBy(sample.read(plain));
      expect(failureOf(sample.read({ ...plain, seen: (id) => delivery?.ids.includes(id) === true }))).toBe('conflict');
    });
    it('refuses another token, and what is old', () => {
      expect(failureOf(sample.read({ ...plain, headers: { ...headers, 'x-gitlab-token': 'gitlab-token-secret-0123456780' } }))).toBe(
        'credential-refused',
      );
      const old = Buffer.from(JSON.stringify({ ...payload, status_changed_at: '2026-11-28 07:50:00 UTC' }));
      expect(failureOf(sample.read({ ...plain, body: old }))).toBe('credential-refused');
    });
  });
});
