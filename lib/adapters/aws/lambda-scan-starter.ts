import { isDeepStrictEqual } from 'node:util';
import { GetDurableExecutionCommand, type LambdaClient, ListDurableExecutionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { type DurableRun, payloadOf, runNameOf, type ScanStarter } from '../../ports/scan-starter.ts';
import { startDurable, unqualifiedArn } from './durable-starts.ts';
import { orAwsTrouble } from './trouble.ts';

const textOf = (run: DurableRun): string => JSON.stringify(payloadOf(run));

const parse = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

/**
 * Starts scans and evaluations as durable runs of the scan function, each named after what it is about.
 * The role needs `lambda:InvokeFunction` on the alias; `lambda:ListDurableExecutionsByFunction` and `lambda:GetDurableExecution` only to tell a repeated start from another scan of that name.
 */
export const createLambdaScanStarter = (lambda: LambdaClient, functionArn: string): ScanStarter => {
  const unqualified = unqualifiedArn(functionArn);

  /** What the run of that name was given, whichever version of the function it runs on; of several, the newest. */
  const payloadThere = async (name: string): Promise<unknown> => {
    const list = new ListDurableExecutionsByFunctionCommand({ FunctionName: unqualified, DurableExecutionName: name });
    const { DurableExecutions = [] } = await lambda.send(list);
    const there = DurableExecutions.find(({ DurableExecutionName }) => DurableExecutionName === name);
    if (!there?.DurableExecutionArn) return undefined;
    const { InputPayload } = await lambda.send(new GetDurableExecutionCommand({ DurableExecutionArn: there.DurableExecutionArn }));
    return parse(InputPayload);
  };

  /** Lambda refuses a name that is taken by a run with another payload, and may do so for one that has ended. It is a success only if it is our scan. */
  const alreadyThere = (run: DurableRun): Promise<Result<void>> =>
    orAwsTrouble('lambda:GetDurableExecution', async () =>
      isDeepStrictEqual(await payloadThere(runNameOf(run)), JSON.parse(textOf(run)))
        ? succeed(undefined)
        : failed('conflict', `There is a run "${runNameOf(run)}" already, and it was asked for something else. Ask anew.`),
    );

  return {
    start: (run) =>
      orAwsTrouble('lambda:InvokeFunction', async () =>
        (await startDurable(lambda, functionArn, runNameOf(run), textOf(run))) === 'taken' ? alreadyThere(run) : succeed(undefined),
      ),
  };
};
