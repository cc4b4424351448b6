import {
  type ExecutionStatus,
  type LambdaClient,
  type ListDurableExecutionsByFunctionRequest,
  paginateListDurableExecutionsByFunction,
} from '@aws-sdk/client-lambda';
import type { ScanRuns } from '../../ports/scan-starter.ts';
import { unqualifiedArn } from './durable-starts.ts';

type Runs = ReadonlyMap<string, ExecutionStatus | undefined>;

/**
 * For one round of questions; make another for the next. All runs that are alive come with one list, so that a fleet costs no call for each of its open scans; only one that is not among them is asked for by name.
 * The role needs `lambda:ListDurableExecutionsByFunction`. Throws what AWS refuses.
 */
export const createLambdaScanRuns = (lambda: LambdaClient, functionArn: string): ScanRuns => {
  const FunctionName = unqualifiedArn(functionArn);

  const list = async (which: Omit<ListDurableExecutionsByFunctionRequest, 'FunctionName'>): Promise<Runs> => {
    const runs = new Map<string, ExecutionStatus | undefined>();
    // the newest come first; of one name the newest counts
    for await (const { DurableExecutions = [] } of paginateListDurableExecutionsByFunction(
      { client: lambda, pageSize: 1000 },
      { FunctionName, ...which },
    ))
      for (const { DurableExecutionName: name, Status } of DurableExecutions)
        if (name !== undefined && !runs.has(name)) runs.set(name, Status);
    return runs;
  };

  let alive: Promise<Runs> | undefined;
  return {
    isAlive: async ({ scanId }) => {
      alive ??= list({ Statuses: ['RUNNING'] });
      if ((await alive).has(scanId)) return true;
      const there = await list({ DurableExecutionName: scanId });
      return there.has(scanId) ? there.get(scanId) === 'RUNNING' : undefined;
    },
  };
};
