import { expect, it } from 'vitest';
import { type LambdaAnswer, lambdaApi } from '../../../test/support/lambda-api.ts';
import { createLambdaScanRuns } from './lambda-scan-runs.ts';

const unqualified = 'arn:aws:lambda:eu-central-1:123456789012:function:gatehouse-scan';
const run = (scanId: string) => ({ projectId: 'default', clusterId: 'cls-0123456789ab', scanId });
const listed = (runs: readonly (readonly [name: string, status: string])[], marker?: string): LambdaAnswer => ({
  status: 200,
  body: {
    DurableExecutions: runs.map(([name, status]) => ({
      ...{ DurableExecutionArn: `${unqualified}:7/durable-execution/${name}/1`, DurableExecutionName: name },
      ...{ FunctionArn: unqualified, Status: status, StartTimestamp: 1 },
    })),
    ...(marker ? { NextMarker: marker } : {}),
  },
});

/** Runs a and b are alive, on two pages; c has ended; of d, the second run is alive and too new for the list. */
const ofFleet = (query: URLSearchParams): LambdaAnswer => {
  const name = query.get('DurableExecutionName');
  if (name === 'c') return listed([['c', 'TIMED_OUT']]);
  if (name === 'd')
    return listed([
      ['d', 'RUNNING'],
      ['d', 'FAILED'],
    ]);
  if (name !== null) return listed([]);
  return query.get('Marker') === 'more' ? listed([['b', 'RUNNING']]) : listed([['a', 'RUNNING']], 'more');
};

it('says of each run whether it is alive, has ended, or is not known', async () => {
  const { lambda } = await lambdaApi({ list: ofFleet });
  const runs = createLambdaScanRuns(lambda, `${unqualified}:live`);
  const said = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => runs.isAlive(run(name))));
  expect(said).toEqual([true, true, false, true, undefined]);
});

it('asks once for all that are alive, of every version, and by name only for the others', async () => {
  const { asked, lambda } = await lambdaApi({ list: ofFleet });
  const runs = createLambdaScanRuns(lambda, `${unqualified}:live`);
  for (const name of ['a', 'b', 'a', 'c']) await runs.isAlive(run(name));
  const queries = asked.map(({ request }) => new URL(decodeURIComponent(request.url ?? ''), 'http://lambda'));
  expect(new Set(queries.map(({ pathname }) => pathname))).toEqual(new Set([`/2025-12-01/functions/${unqualified}/durable-executions`]));
  expect(queries.map(({ searchParams }) => searchParams.get('DurableExecutionName') ?? searchParams.get('Statuses'))).toEqual([
    ...['RUNNING', 'RUNNING'],
    'c',
  ]);
});

it('throws what AWS refuses: nobody may take a run for dead because of it', async () => {
  const { lambda } = await lambdaApi({ list: { status: 403, error: 'AccessDeniedException' } });
  await expect(createLambdaScanRuns(lambda, `${unqualified}:live`).isAlive(run('a'))).rejects.toThrow();
});
