import { isDeepStrictEqual } from 'node:util';
import {
  DurableExecutionAlreadyStartedException,
  GetDurableExecutionCommand,
  InvokeCommand,
  type LambdaClient,
  ListDurableExecutionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ScanRun, ScanStarter } from '../../ports/scan-starter.ts';
import { orAwsTrouble } from './trouble.ts';

/** `arn:…:function:<name>:<version or alias>`: durable functions are not started without a qualifier. */
const qualifiedArn = /^(arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+):([^:]+)$/;

const payloadOf = ({ projectId, clusterId, scanId }: ScanRun): string => JSON.stringify({ projectId, clusterId, scanId });

const parse = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

/**
 * Starts scans as durable runs of the scan function, each named after its scan. Invoked asynchronously: a run that is invoked synchronously may take 15 minutes, waits included.
 * The role needs `lambda:InvokeFunction` on the alias; `lambda:ListDurableExecutionsByFunction` and `lambda:GetDurableExecution` only to tell a repeated start from another scan of that name.
 */
export const createLambdaScanStarter = (lambda: LambdaClient, functionArn: string): ScanStarter => {
  const [, unqualified] = qualifiedArn.exec(functionArn) ?? [];
  if (!unqualified) throw new Error(`the scan function must be named by the ARN of a version or an alias, not by ${functionArn}`);

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
  const alreadyThere = (run: ScanRun): Promise<Result<void>> =>
    orAwsTrouble('lambda:GetDurableExecution', async () =>
      isDeepStrictEqual(await payloadThere(run.scanId), JSON.parse(payloadOf(run)))
        ? succeed(undefined)
        : failed('conflict', `There is a run "${run.scanId}" already, and it was asked for something else. Ask for a new scan.`),
    );

  const start = async (run: ScanRun): Promise<Result<void>> => {
    const invoke = {
      FunctionName: functionArn,
      InvocationType: 'Event',
      DurableExecutionName: run.scanId,
      Payload: payloadOf(run),
    } as const;
    try {
      await lambda.send(new InvokeCommand(invoke));
      return succeed(undefined);
    } catch (error) {
      if (error instanceof DurableExecutionAlreadyStartedException) return alreadyThere(run);
      throw error;
    }
  };

  return { start: (run) => orAwsTrouble('lambda:InvokeFunction', () => start(run)) };
};
