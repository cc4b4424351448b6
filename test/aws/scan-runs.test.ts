import { InvokeCommand, LambdaClient, ListDurableExecutionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLambdaScanRuns } from '../../lib/adapters/aws/lambda-scan-runs.ts';
import { createLambdaScanStarter } from '../../lib/adapters/aws/lambda-scan-starter.ts';
import { describeScanRuns } from '../contracts/scan-runs.contract.ts';
import { codeOf } from '../support/answers.ts';
import { durableLambda, scanFunction } from '../support/durable-lambda.ts';
import { emulated, gaps } from './emulator.ts';

const alias = `${scanFunction}:live`;
const run = { projectId: 'default', clusterId: 'cls-0123456789ab', scanId: '20261127T233000Z-cfg-0123456789abcdef' };

// The emulator has no durable executions (gaps.durable, proven below): all promises of the port are shown over a stand-in that keeps executions as Lambda's documentation says, and each request is asserted exactly
for (const compares of [true, false])
  describeScanRuns(`Lambda that ${compares ? 'compares payloads' : 'refuses every name that is taken'} (stand-in)`, async () => {
    const lambda = await durableLambda({ compares });
    return {
      starter: createLambdaScanStarter(lambda.client, alias),
      runs: () => createLambdaScanRuns(lambda.client, alias),
      begun: async () => lambda.executions.map(({ name, payload }) => ({ name, given: payload })),
      end: async (name) => lambda.end(name),
      close: lambda.close,
    };
  });

describe('the exact requests, for what the emulator does not hold', () => {
  let lambda: Awaited<ReturnType<typeof durableLambda>>;
  beforeAll(async () => {
    lambda = await durableLambda({ compares: true });
    await createLambdaScanStarter(lambda.client, alias).start(run);
    await createLambdaScanStarter(lambda.client, alias).start({ ...run, clusterId: 'cls-ba9876543210' });
    await createLambdaScanStarter(lambda.client, alias).start({ ...run, seal: 3 });
    await createLambdaScanRuns(lambda.client, alias).isAlive({ ...run, scanId: 'another' });
  });
  afterAll(() => lambda.close());
  const pathOf = (at: number) => decodeURIComponent(lambda.asked[at]?.url.pathname ?? '');

  it(`${gaps.durable.promise}: asynchronous, of the alias, under the name of the scan`, () => {
    expect([lambda.asked[0]?.method, pathOf(0)]).toEqual(['POST', `/2015-03-31/functions/${alias}/invocations`]);
    expect(lambda.asked[0]?.headers).toMatchObject({ 'x-amz-invocation-type': 'Event', 'x-amz-durable-execution-name': run.scanId });
    expect(lambda.asked[0]?.body).toBe(JSON.stringify(run));
  });

  it('a name that is taken is looked at, of every version, before it counts as something else', () => {
    expect([pathOf(2), pathOf(3)]).toEqual([
      `/2025-12-01/functions/${scanFunction}/durable-executions`,
      `/2025-12-01/durable-executions/${scanFunction}:7/durable-execution/${run.scanId}/1`,
    ]);
    expect(lambda.asked[2]?.url.searchParams.get('DurableExecutionName')).toBe(run.scanId);
  });

  it('a try to seal has a name of its own, and says so', () => {
    expect(lambda.asked[4]?.headers['x-amz-durable-execution-name']).toBe(`${run.scanId}-seal-3`);
    expect(lambda.asked[4]?.body).toBe(JSON.stringify({ ...run, seal: 3 }));
  });

  it('runs that are alive come with one list, others are asked for by name', () => {
    const queries = lambda.asked
      .slice(5)
      .map(({ url: { searchParams } }) => searchParams.get('Statuses') ?? searchParams.get('DurableExecutionName'));
    expect(queries).toEqual(['RUNNING', 'another']);
  });
});

describe('what the emulator holds, and what not', () => {
  const client = new LambdaClient({ ...emulated(), maxAttempts: 1 });
  afterAll(() => client.destroy());

  it('a function that is not there starts nothing, and says so', async () => {
    expect(codeOf(await createLambdaScanStarter(client, alias).start(run))).toBe('output-failed');
  });

  it(gaps.durable.promise, async () => {
    await expect(client.send(new ListDurableExecutionsByFunctionCommand({ FunctionName: scanFunction }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
    const name = { FunctionName: alias, InvocationType: 'Event', DurableExecutionName: run.scanId } as const;
    await expect(client.send(new InvokeCommand(name))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    // nobody may take a run for dead because of it
    await expect(createLambdaScanRuns(client, alias).isAlive(run)).rejects.toThrow();
  });
});
