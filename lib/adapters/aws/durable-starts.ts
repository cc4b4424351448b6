import { DurableExecutionAlreadyStartedException, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** `arn:…:function:<name>:<version or alias>`: durable functions are not started without a qualifier. */
const qualifiedArn = /^(arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+):([^:]+)$/;

/** The same function for those who ask about runs of every version. Throws when it is not named by a version or an alias: a run would not start. */
export const unqualifiedArn = (functionArn: string): string => {
  const [, unqualified] = qualifiedArn.exec(functionArn) ?? [];
  if (!unqualified) throw new Error(`a durable function must be named by the ARN of a version or an alias, not by ${functionArn}`);
  return unqualified;
};

/**
 * Starts a durable run of a name. Asynchronously: a run that is invoked synchronously may take 15 minutes, waits included. A run of that name with the same payload that is there already counts as started; `taken`
 * when its payload is another, or when Lambda does not compare.
 */
export const startDurable = async (
  lambda: LambdaClient,
  functionArn: string,
  name: string,
  payload: string,
): Promise<'started' | 'taken'> => {
  try {
    await lambda.send(
      new InvokeCommand({ FunctionName: functionArn, InvocationType: 'Event', DurableExecutionName: name, Payload: payload }),
    );
    return 'started';
  } catch (error) {
    if (error instanceof DurableExecutionAlreadyStartedException) return 'taken';
    throw error;
  }
};
