import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { type LambdaAnswer, type LambdaAnswers, lambdaApi } from '../../../test/support/lambda-api.ts';
import { createLambdaScanStarter } from './lambda-scan-starter.ts';

const unqualified = 'arn:aws:lambda:eu-central-1:123456789012:function:gatehouse-scan';
const scan = { projectId: 'default', clusterId: 'cls-0123456789ab', scanId: '20261127T233000Z-cfg-0123456789abcdef' };
const executionArn = `${unqualified}:7/durable-execution/${scan.scanId}/1`;

const starting = async (answers: LambdaAnswers) => {
  const { asked, lambda } = await lambdaApi(answers);
  return { asked, starter: createLambdaScanStarter(lambda, `${unqualified}:live`) };
};

const taken: LambdaAnswer = { status: 409, error: 'DurableExecutionAlreadyStartedException' };
const listed: LambdaAnswer = {
  status: 200,
  body: {
    DurableExecutions: [
      {
        DurableExecutionArn: executionArn,
        DurableExecutionName: scan.scanId,
        FunctionArn: unqualified,
        Status: 'RUNNING',
        StartTimestamp: 1,
      },
    ],
  },
};
const given = (payload: unknown): LambdaAnswer => ({
  status: 200,
  body: {
    ...{ DurableExecutionArn: executionArn, DurableExecutionName: scan.scanId, FunctionArn: unqualified, Status: 'RUNNING' },
    ...{ StartTimestamp: 1, InputPayload: JSON.stringify(payload) },
  },
});

it('invokes the alias asynchronously, by the name of the scan, with names only', async () => {
  const { asked, starter } = await starting({ invoke: { status: 202 } });
  expect(await starter.start(scan)).toEqual({ ok: true, value: undefined });
  expect(asked).toHaveLength(1);
  const { request, body } = asked[0] ?? {};
  expect(request?.method).toBe('POST');
  expect(decodeURIComponent(request?.url ?? '')).toBe(`/2015-03-31/functions/${unqualified}:live/invocations`);
  expect(request?.headers).toMatchObject({ 'x-amz-invocation-type': 'Event', 'x-amz-durable-execution-name': scan.scanId });
  expect(JSON.parse(body ?? '')).toEqual(scan);
});

describe('a name that is taken', () => {
  it('by the same scan is a success', async () => {
    const { clusterId, projectId, scanId } = scan;
    const { asked, starter } = await starting({ invoke: taken, list: listed, get: given({ scanId, clusterId, projectId }) });
    expect(await starter.start(scan)).toEqual({ ok: true, value: undefined });
    const [, list, get] = asked.map(({ request }) => new URL(decodeURIComponent(request.url ?? ''), 'http://lambda'));
    expect(list?.pathname, 'of every version: the alias may have moved').toBe(`/2025-12-01/functions/${unqualified}/durable-executions`);
    expect(list?.searchParams.get('DurableExecutionName')).toBe(scanId);
    expect(get?.pathname).toContain(executionArn);
  });

  it.each([
    { name: 'by another scan', list: listed, get: given({ ...scan, clusterId: 'cls-ba9876543210' }) },
    { name: 'by a run whose payload is not shown', list: listed, get: given(undefined) },
    { name: 'by a run that is not found', list: { status: 200, body: { DurableExecutions: [] } } },
  ])('$name is a conflict', async ({ list, get }) => {
    const { starter } = await starting({ invoke: taken, list, ...(get ? { get } : {}) });
    expect(await starter.start(scan)).toMatchObject({ ok: false, failure: { code: 'conflict' } });
  });

  it('and may not be looked at is no success', async () => {
    const { starter } = await starting({ invoke: taken, list: { status: 403, error: 'AccessDeniedException' } });
    expect(await starter.start(scan)).toMatchObject({ ok: false, failure: { code: 'permission-missing' } });
  });
});

it.each([
  { status: 403, error: 'AccessDeniedException', code: 'permission-missing' },
  { status: 429, error: 'TooManyRequestsException', code: 'timed-out' },
  { status: 500, error: 'ServiceException', code: 'timed-out' },
  { status: 404, error: 'ResourceNotFoundException', code: 'output-failed' },
])('what Lambda refuses is a failure: $error', async ({ status, error, code }) => {
  const { starter } = await starting({ invoke: { status, error } });
  expect(await starter.start(scan)).toMatchObject({ ok: false, failure: { code } });
});

it('takes no function without a version or an alias: a durable run would not start', () => {
  const lambda = new LambdaClient({ region: 'eu-central-1' });
  expect(() => createLambdaScanStarter(lambda, unqualified)).toThrow('version or an alias');
  expect(() => createLambdaScanStarter(lambda, 'gatehouse-scan')).toThrow('version or an alias');
});
